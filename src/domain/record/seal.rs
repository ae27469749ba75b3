//! Seals: a document as it left the house, with the data it stood on and how far the journal had come.

use chrono::NaiveDate;

use super::attachment::check_sha256;
use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// What was sealed.
    pub enum SealedKind {
        DonorReport = "donor_report", "Donor report";
        Submission = "submission", "Submission";
        Binder = "binder", "Border and bank binder";
        AuditPack = "audit_pack", "Audit pack";
        VisitReport = "visit_report", "Visit report";
        CustomsComparison = "customs_comparison", "Customs comparison";
        IncidentLog = "incident_log", "Incident log";
    }
}

record! {
    /// One file of what was sealed.
    SealedFile {
        name: String, "File name" = Field::text().required();
        sha256: String, "SHA-256" = Field::text().required();
        bytes: Option<u32>, "Bytes" = Field::of(FieldKind::Count);
        media_type: String, "Media type" = Field::text();
    }
}

record! {
    /// A document as it left the house. It is made, not edited.
    Seal {
        reference: String, "Reference" = Field::text();
        of: Option<Id>, "Of" = Field::link(&[
            RecordKind::Report,
            RecordKind::Request,
            RecordKind::Shipment,
            RecordKind::Matter,
            RecordKind::Project,
            RecordKind::Visit,
        ]).parent();
        what: Option<SealedKind>, "What it is" = Field::choice(SealedKind::WORDS).required();
        on: Option<NaiveDate>, "Sealed on" = Field::day().required();
        sealed_by: String, "Sealed by" = Field::text();
        as_of: Option<NaiveDate>, "As of" = Field::day();
        as_known: Option<NaiveDate>, "As known on" = Field::day();
        audience: String, "For" = Field::text().help("Who got it; what was left out follows from it");
        position: String, "Journal position" = Field::text().help("How far the journal had come");
        snapshot: String, "Snapshot" = Field::text().help("The SHA-256 of the document with its figures");
        files: Vec<SealedFile>, "Files" = Field::list(&ListOf { singular: "file", fields: SealedFile::FIELDS })
            .section("Files");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Seal {
    fn title(&self) -> String {
        let what = self.what.map_or("Sealed", SealedKind::label);
        self.on.map_or_else(|| what.to_owned(), |on| format!("{what} of {on}"))
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let snapshot = check_sha256(&self.snapshot, "snapshot", "Snapshot");
        let files = self.files.iter().enumerate().filter_map(|(at, file)| {
            check_sha256(&file.sha256, &format!("files[{at}].sha256"), &format!("SHA-256, file {}", at + 1))
        });
        snapshot.into_iter().chain(files).collect()
    }
}
