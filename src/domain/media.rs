//! What a file is: its media type by its first bytes and its ending, and whether it could run as a program.

/// How many of the first bytes are looked at.
pub const HEAD: usize = 4_096;

/// Endings of files that a system runs.
const PROGRAMS: &[&str] = &[
    "exe", "dll", "msi", "msp", "com", "scr", "pif", "bat", "cmd", "sh", "bash", "command", "ps1", "psm1", "vbs",
    "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "jar", "app", "apk", "deb", "rpm", "dmg", "pkg", "lnk", "url",
    "desktop", "reg", "cpl", "scf", "py", "pl", "rb", "appimage", "iso", "img", "vhd",
];
/// Endings of Office files that may hold macros.
const MACROS: &[&str] = &["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm"];
/// First bytes of programs.
const PROGRAM_HEADS: &[(&[u8], &str)] = &[
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xfe\xed\xfa\xce", "a macOS program"),
    (b"\xfe\xed\xfa\xcf", "a macOS program"),
    (b"\xce\xfa\xed\xfe", "a macOS program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"#!", "a script"),
    (b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut"),
];

/// Media types that the first bytes tell.
const BY_HEAD: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
];
/// Media types of archives and old Office files, which only the ending tells apart.
const IN_ZIP: &[(&str, &str)] = &[
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
];
const IN_OLE: &[(&str, &str)] = &[
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("msg", "application/vnd.ms-outlook"),
    ("hwp", "application/x-hwp"),
];
const IN_TEXT: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("md", "text/markdown"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xml", "application/xml"),
    ("json", "application/json"),
    ("eml", "message/rfc822"),
    ("ics", "text/calendar"),
    ("svg", "image/svg+xml"),
];

/// The media type of a file by its name and its first bytes. The bytes decide where they can.
#[must_use]
pub fn media_type(name: &str, head: &[u8]) -> &'static str {
    let ending = ending(name);
    let by_ending =
        |known: &[(&str, &'static str)]| known.iter().find(|(one, _)| *one == ending).map(|(_, media)| *media);
    if let Some((_, media)) = BY_HEAD.iter().find(|(first, _)| head.starts_with(first)) {
        return media;
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return "image/webp";
    }
    if head.get(4..8) == Some(b"ftyp") {
        return if matches!(head.get(8..12), Some(b"heic" | b"heix" | b"mif1")) { "image/heic" } else { "video/mp4" };
    }
    if head.starts_with(b"PK\x03\x04") {
        return by_ending(IN_ZIP).unwrap_or("application/zip");
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return by_ending(IN_OLE).unwrap_or("application/x-ole-storage");
    }
    if is_text(head) { by_ending(IN_TEXT).unwrap_or("text/plain") } else { "application/octet-stream" }
}

/// Why a file could run as a program; `None` where nothing says so.
#[must_use]
pub fn could_run(name: &str, head: &[u8]) -> Option<String> {
    if let Some((_, what)) = PROGRAM_HEADS.iter().find(|(first, _)| head.starts_with(first)) {
        return Some(format!("its first bytes are those of {what}"));
    }
    let ending = ending(name);
    if MACROS.contains(&ending.as_str()) {
        return Some(format!("an Office file that ends in .{ending} may hold macros"));
    }
    PROGRAMS.contains(&ending.as_str()).then(|| format!("a file that ends in .{ending} can run as a program"))
}

/// A file's name without what a system or a reader could take for something else: paths, control characters, marks that turn
/// the direction of writing round, dots and spaces at its ends.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unsafe_in_a_name = |c: char| c.is_control() || turns(c) || "/\\:*?\"<>|".contains(c);
    let plain: String = name.chars().map(|c| if unsafe_in_a_name(c) { '_' } else { c }).collect();
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let short: String = plain.chars().take(120).collect();
    match (plain.is_empty(), plain.chars().count() > 120) {
        (true, _) => "file".to_owned(),
        (_, false) => short,
        // The ending says what it is, so it is kept.
        (_, true) => format!("{}.{}", plain.chars().take(110).collect::<String>(), ending(plain)),
    }
}

/// The ending of a name in lower case, as a system reads it: dots and spaces after it do not count.
fn ending(name: &str) -> String {
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.chars().take(9).collect::<String>().to_lowercase()
}

/// Whether bytes are text in UTF-8 or UTF-16. A character that is cut at the end is no fault.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() + 4 > head.len(),
    };
    whole && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_the_media_type_and_the_ending_only_where_they_cannot() {
        for (name, head, media) in [
            ("letter.pdf", b"%PDF-1.7".as_slice(), "application/pdf"),
            ("letter.txt", b"%PDF-1.7", "application/pdf"),
            ("list.csv", b"a,b\n", "text/csv"),
            ("list", "품목".as_bytes(), "text/plain"),
            ("list.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("box.zip", b"PK\x03\x04", "application/zip"),
            ("photo.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
            ("photo.heic", b"\0\0\0\x18ftypheic", "image/heic"),
            ("old.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-hwp"),
            ("what", b"\0\x01", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name, head), media, "{name}");
        }
        assert_eq!(media_type("x.txt", &"결핵".as_bytes()[..4]), "text/plain", "a character that is cut is no fault");
    }

    #[test]
    fn what_could_run_is_told_by_ending_and_by_bytes() {
        for (name, head) in [
            ("setup.exe", b"x".as_slice()),
            ("invoice.PDF.Exe", b"x"),
            ("invoice.exe. ", b"x"),
            ("list.xlsm", b"PK\x03\x04"),
            ("run.lnk", b"x"),
            ("photo.jpg", b"MZ\x90\0"),
            ("letter.pdf", b"\x7fELF"),
            ("notes.txt", b"#!/bin/sh"),
            ("letter.pdf", b"\xcf\xfa\xed\xfe"),
        ] {
            assert!(could_run(name, head).is_some(), "{name}");
        }
        for (name, head) in [("letter.pdf", b"%PDF-1.7".as_slice()), ("exe", b"x"), ("list.xlsx", b"PK\x03\x04")] {
            assert_eq!(could_run(name, head), None, "{name}");
        }
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        for (name, safe) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("photo\u{202e}gpj.exe", "photo_gpj.exe"),
            (" . ", "file"),
            ("수출 허가.pdf", "수출 허가.pdf"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
        let long = safe_name(&format!("{}.pdf", "가".repeat(300)));
        assert!(long.chars().count() <= 120 && std::path::Path::new(&long).extension().is_some_and(|e| e == "pdf"));
    }
}
