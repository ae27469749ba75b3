//! Why an original is not shown, in the three languages of those who read a binder: who opens a container may read one of them.

/// Why no page of an original is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The workspace does not have it.
    NotHere,
    /// Its bytes are not what its kind asks for.
    Damaged,
    /// It is whole as far as we can see, and cannot be drawn all the same.
    CannotDraw,
    /// It asks for a password.
    Encrypted,
    /// More bytes, pages or points than a document can take in.
    TooLarge,
    /// A table or a text, which has no pages.
    NoPages,
}

impl Reason {
    /// The sentence in English, Chinese and Korean.
    pub const fn in_words(self) -> [&'static str; 3] {
        match self {
            Self::NotHere => {
                ["The file is not in the workspace.", "该文件不在本工作库中。", "파일이 이 작업 파일에 없습니다."]
            }
            Self::Damaged => [
                "The file is damaged, so its pages cannot be shown. It is in the ZIP of the originals, as it is.",
                "文件已损坏，无法显示其页面。原样文件见原件压缩包（ZIP）。",
                "파일이 손상되어 쪽을 보여 줄 수 없습니다. 받은 그대로의 파일은 원본 압축 파일(ZIP)에 있습니다.",
            ],
            Self::CannotDraw => [
                "The file cannot be shown: it is damaged or uses what this program cannot draw. It is in the ZIP of the originals, as it is.",
                "文件无法显示：文件已损坏，或使用了本程序无法绘制的内容。原样文件见原件压缩包（ZIP）。",
                "파일을 보여 줄 수 없습니다. 손상되었거나 이 프로그램이 그릴 수 없는 내용이 있습니다. 받은 그대로의 파일은 원본 압축 파일(ZIP)에 있습니다.",
            ],
            Self::Encrypted => [
                "The PDF is encrypted, so its pages cannot be shown. It is in the ZIP of the originals, as it is.",
                "该PDF已加密，无法显示其页面。原样文件见原件压缩包（ZIP）。",
                "PDF가 암호화되어 쪽을 보여 줄 수 없습니다. 받은 그대로의 파일은 원본 압축 파일(ZIP)에 있습니다.",
            ],
            Self::TooLarge => [
                "The file is too large to be shown here: over 100 MB, 500 pages or 100 million points. It is in the ZIP of the originals, as it is.",
                "文件过大，无法在此显示：超过100 MB、500页或1亿像素。原样文件见原件压缩包（ZIP）。",
                "파일이 너무 커서 여기에 보여 줄 수 없습니다(100 MB, 500쪽 또는 1억 화소 초과). 받은 그대로의 파일은 원본 압축 파일(ZIP)에 있습니다.",
            ],
            Self::NoPages => [
                "A file of this kind has no pages to show. It is in the ZIP of the originals, as it is.",
                "此类文件没有可显示的页面。原样文件见原件压缩包（ZIP）。",
                "이런 종류의 파일에는 보여 줄 쪽이 없습니다. 받은 그대로의 파일은 원본 압축 파일(ZIP)에 있습니다.",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;

    #[test]
    fn every_reason_is_told_in_three_languages_with_letters_that_the_fonts_have() {
        let all = [
            Reason::NotHere,
            Reason::Damaged,
            Reason::CannotDraw,
            Reason::Encrypted,
            Reason::TooLarge,
            Reason::NoPages,
        ];
        for reason in all {
            let mut words = Words::default();
            let [english, chinese, korean] = reason.in_words().map(|sentence| words.line(sentence));
            assert!(words.warnings().is_empty(), "{reason:?}");
            assert!(english.is_ascii() && english.ends_with('.'), "{english}");
            assert!(chinese.ends_with('。') && korean.ends_with("니다."), "{chinese} {korean}");
        }
    }
}
