//! Attachments: letters, licences, waybills and photos that belong to a record. The bytes lie in the workspace's content.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};
use crate::domain::word::words;

words! {
    /// What a file is, to the people who look for it.
    pub enum AttachmentKind {
        Letter = "letter", "Letter";
        Licence = "licence", "Licence";
        Waybill = "waybill", "Waybill";
        PackingList = "packing_list", "Packing list";
        Declaration = "declaration", "Customs declaration";
        Invoice = "invoice", "Invoice";
        Certificate = "certificate", "Certificate";
        Photo = "photo", "Photo";
        Report = "report", "Report";
        Other = "other", "Other";
    }
}

/// Words in the name of a file that tell what it is, in the languages of those who send them.
const NAMED: &[(&str, AttachmentKind)] = &[
    ("packing", AttachmentKind::PackingList),
    ("포장명세", AttachmentKind::PackingList),
    ("装箱单", AttachmentKind::PackingList),
    ("declaration", AttachmentKind::Declaration),
    ("신고", AttachmentKind::Declaration),
    ("报关", AttachmentKind::Declaration),
    ("invoice", AttachmentKind::Invoice),
    ("송장", AttachmentKind::Invoice),
    ("发票", AttachmentKind::Invoice),
    ("waybill", AttachmentKind::Waybill),
    ("lading", AttachmentKind::Waybill),
    ("awb", AttachmentKind::Waybill),
    ("运单", AttachmentKind::Waybill),
    ("licen", AttachmentKind::Licence),
    ("허가", AttachmentKind::Licence),
    ("许可", AttachmentKind::Licence),
    ("certificate", AttachmentKind::Certificate),
    ("증명", AttachmentKind::Certificate),
    ("证书", AttachmentKind::Certificate),
    ("report", AttachmentKind::Report),
    ("보고", AttachmentKind::Report),
    ("letter", AttachmentKind::Letter),
    ("서한", AttachmentKind::Letter),
    ("照片", AttachmentKind::Photo),
    ("사진", AttachmentKind::Photo),
];

impl AttachmentKind {
    /// What a file probably is, by its name.
    #[must_use]
    pub fn guess(name: &str) -> Self {
        let name = name.to_lowercase();
        let picture = ["jpg", "jpeg", "png", "heic", "webp"];
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let named = NAMED.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind);
        named.unwrap_or(if picture.contains(&ending) { Self::Photo } else { Self::Other })
    }
}

record! {
    /// A file that belongs to a record.
    Attachment {
        reference: String, "Reference" = Field::text();
        of: Option<Id>, "Belongs to" = Field::link(RecordKind::ALL).parent();
        name: String, "File name" = Field::text().required();
        kind: Option<AttachmentKind>, "What it is" = Field::choice(AttachmentKind::WORDS).required();
        dated_on: Option<FuzzyDate>, "Dated" = Field::of(FieldKind::FuzzyDay).help("The date that stands on it");
        sha256: String, "SHA-256" = Field::text().required();
        bytes: Option<u32>, "Bytes" = Field::of(FieldKind::Count).required();
        media_type: String, "Media type" = Field::text().help("For example application/pdf");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Attachment {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.dated_on
    }

    fn check(&self) -> Vec<FieldError> {
        check_sha256(&self.sha256, "sha256", "SHA-256").into_iter().collect()
    }
}

/// A name by which content is found, as it is kept: 64 digits in lower case.
pub(super) fn check_sha256(text: &str, path: &str, label: &str) -> Option<FieldError> {
    let digits = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    if text.is_empty() || (text.len() == 64 && text.bytes().all(digits)) {
        return None;
    }
    let rule = "This is not the SHA-256 of a file: 64 digits, 0 to 9 and a to f. Attach the file itself".to_owned();
    Some(FieldError::at(path, label, Problem::Rule(rule)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_content_is_taken() {
        for (sha256, sound) in [("a".repeat(64), true), ("A".repeat(64), false), ("a".repeat(63), false)] {
            let problems = Attachment { sha256, ..Attachment::default() }.check();
            assert_eq!(problems.is_empty(), sound, "{problems:?}");
        }
    }
}
