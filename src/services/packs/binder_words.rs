//! The words of the one-page summary in the languages of those who stop goods and payments.

/// A language of the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Chinese,
    Korean,
}

/// The words of one language.
pub(super) struct Words {
    language: Language,
    pub heading: &'static str,
    /// What it is; that the letters are in the binder, said only where they are; what is asked for.
    is_aid: &'static str,
    copies: &'static str,
    plea: &'static str,
    pub sender: &'static str,
    pub consignee: &'static str,
    pub goods: &'static str,
    pub way: &'static str,
    pub leaves: &'static str,
    pub numbers: &'static str,
    pub letters: &'static str,
    pub contact: &'static str,
    /// What stands between the parts of a list.
    pub comma: &'static str,
    /// What stands before the authority, before and after the date of the letter, before and after its last day.
    letter: [&'static str; 5],
    authorities: &'static [(&'static str, &'static str)],
}

pub(super) const ENGLISH: Words = Words {
    language: Language::English,
    heading: "In English",
    is_aid: "This consignment is humanitarian aid for civilians.",
    copies: "The letters and licences named here are in this binder; goods that need a permission stand in them line by line.",
    plea: "If anything differs, please call us before goods or a payment are stopped.",
    sender: "Sender",
    consignee: "Consignee",
    goods: "Goods",
    way: "Way",
    leaves: "Planned departure",
    numbers: "References",
    letters: "Letters and licences",
    contact: "Please call",
    comma: ", ",
    letter: [", ", ", dated ", "", ", valid until ", ""],
    authorities: &[],
};

pub(super) const CHINESE: Words = Words {
    language: Language::Chinese,
    heading: "中文",
    is_aid: "本批货物为面向平民的人道主义援助物资。",
    copies: "此处列出的批准函和许可证均附于本文件夹，需要批准的货物已在其中逐项列明。",
    plea: "如有任何不符，请在扣留货物或停止付款之前与我们联系。",
    sender: "发货人",
    consignee: "收货人",
    goods: "货物",
    way: "路线",
    leaves: "计划启运日期",
    numbers: "单证编号",
    letters: "批准函和许可证",
    contact: "联系人",
    comma: "，",
    letter: ["，", "，日期", "", "，有效期至", ""],
    authorities: &[
        ("un_1718", "联合国安理会1718委员会"),
        ("ofac", "美国财政部外国资产控制办公室（OFAC）"),
        ("bis", "美国商务部工业与安全局（BIS）"),
        ("us_state", "美国国务院"),
        ("kr_unification", "韩国统一部"),
        ("cn_customs", "中国海关"),
        ("eu_member_state", "欧盟成员国主管机关"),
        ("kp_host", "朝方接待单位"),
    ],
};

pub(super) const KOREAN: Words = Words {
    language: Language::Korean,
    heading: "한국어",
    is_aid: "이 화물은 민간인을 위한 인도적 지원 물자입니다.",
    copies: "아래의 승인 서한과 허가서는 모두 이 문서철에 있으며, 허가가 필요한 물품은 그 안에 품목별로 적혀 있습니다.",
    plea: "다른 점이 있으면 화물이나 송금을 보류하기 전에 저희에게 연락해 주십시오.",
    sender: "발송인",
    consignee: "수하인",
    goods: "물품",
    way: "경로",
    leaves: "출발 예정일",
    numbers: "서류 번호",
    letters: "승인 서한과 허가서",
    contact: "연락처",
    comma: ", ",
    letter: [", ", ", ", "자", ", ", "까지 유효"],
    authorities: &[
        ("un_1718", "유엔 안보리 1718 위원회"),
        ("ofac", "미국 재무부 해외자산통제실(OFAC)"),
        ("bis", "미국 상무부 산업안보국(BIS)"),
        ("us_state", "미국 국무부"),
        ("kr_unification", "대한민국 통일부"),
        ("cn_customs", "중국 세관"),
        ("eu_member_state", "유럽연합 회원국 당국"),
        ("kp_host", "조선측 초청기관"),
    ],
};

impl Words {
    /// Of a name in English, Chinese and Korean, the one of this language; the English one where it is not known.
    pub fn pick<'a>(&self, [english, chinese, korean]: [&'a str; 3]) -> &'a str {
        let own = match self.language {
            Language::English => english,
            Language::Chinese => chinese,
            Language::Korean => korean,
        };
        if own.is_empty() { english } else { own }
    }

    /// An authority in this language; its own name where none is known.
    pub fn authority<'a>(&self, code: &str, name: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.authorities.iter().find(|(one, _)| *one == code).map_or(name, |(_, name)| *name)
    }

    /// What is said before the facts. That the letters are here is said only where they are.
    pub fn opening(&self, letters_are_here: bool) -> String {
        let between = if self.language == Language::Chinese { "" } else { " " };
        let copies = if letters_are_here { format!("{}{between}", self.copies) } else { String::new() };
        format!("{}{between}{copies}{}", self.is_aid, self.plea)
    }

    /// A letter in a line. What is not known is left out.
    pub fn letter(&self, number: &str, authority: &str, dated: &str, until: &str) -> String {
        let [then, on, after_on, last, after_last] = self.letter;
        let dated = if dated.is_empty() { String::new() } else { format!("{on}{dated}{after_on}") };
        let until = if until.is_empty() { String::new() } else { format!("{last}{until}{after_last}") };
        format!("{number}{then}{authority}{dated}{until}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_told_in_each_language_with_its_authority() {
        let line = |words: &Words| {
            let authority = words.authority("un_1718", "UN 1718");
            words.letter("L-1", authority, "2026-07-02", "2027-07-02")
        };
        assert_eq!(line(&ENGLISH), "L-1, UN 1718, dated 2026-07-02, valid until 2027-07-02");
        assert_eq!(line(&CHINESE), "L-1，联合国安理会1718委员会，日期2026-07-02，有效期至2027-07-02");
        assert_eq!(line(&KOREAN), "L-1, 유엔 안보리 1718 위원회, 2026-07-02자, 2027-07-02까지 유효");
        assert_eq!(KOREAN.letter("L-1", "SECO", "", "2027-07-02"), "L-1, SECO, 2027-07-02까지 유효");
    }
}
