//! The names of a person as texts give them: family name first or last, given names together, apart or as initials, a part of the
//! name after a title. A part that stands alone is another word as often as not ("An", "Ri", "Song"), so it is no form of the
//! name here: where it stands alone in a cell it is taken out, and elsewhere it is told (`doubts`).

use std::collections::BTreeSet;

use super::normal::{is_unspaced, normal};

/// What stands before a part of a name and nothing else.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "messrs",
    "dr",
    "doctor",
    "prof",
    "professor",
    "comrade",
    "madam",
    "madame",
    "mme",
    "sir",
    "herr",
    "frau",
    "monsieur",
];
/// What stands before a part of a name and before other words too: only for names that are no other words.
const OFFICES: &[&str] = &[
    "director",
    "minister",
    "chairman",
    "chairwoman",
    "chair",
    "ambassador",
    "president",
    "secretary",
    "officer",
    "inspector",
    "captain",
    "colonel",
    "general",
    "manager",
    "counsellor",
    "nurse",
];
/// What follows a Korean family name.
const AFTER_KO: &[&str] = &[
    "선생",
    "선생님",
    "박사",
    "박사님",
    "동지",
    "동무",
    "씨",
    "님",
    "과장",
    "국장",
    "부국장",
    "처장",
    "소장",
    "원장",
    "부원장",
    "부장",
    "대표",
    "단장",
    "위원장",
    "참사",
    "교수",
    "대사",
    "서기관",
    "의사",
];
/// What follows a Chinese one.
const AFTER_ZH: &[&str] = &[
    "先生", "女士", "小姐", "博士", "同志", "主任", "局长", "处长", "科长", "部长", "院长", "所长", "经理", "医生",
    "大夫", "教授", "代表", "大使", "参赞", "老师",
];
/// Family names of two characters.
const DOUBLE: &[&str] = &[
    "남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "欧阳", "司马", "诸葛", "上官", "司徒", "皇甫", "南宫",
    "鲜于",
];
/// Names that are common words of a text in English.
const WORDS: &[&str] = &[
    "a", "an", "as", "at", "be", "by", "do", "go", "he", "i", "in", "is", "it", "me", "my", "no", "of", "on", "or",
    "so", "to", "up", "us", "we", "long", "may", "she", "the", "will", "you",
];

/// Whether a part of a name is a common word as well.
pub(super) fn is_common_word(part: &str) -> bool {
    WORDS.contains(&part)
}

/// The forms of a name that are taken out wherever they stand.
pub(super) fn forms(name: &str) -> BTreeSet<String> {
    let normal = normal(name);
    let mut forms = BTreeSet::from([normal.clone()]);
    if normal.chars().any(is_unspaced) {
        for family in parts(name) {
            for title in AFTER_KO.iter().chain(AFTER_ZH) {
                forms.insert(format!("{family} {title}"));
            }
        }
        return forms;
    }
    let words: Vec<&str> = normal.split(' ').filter(|word| !word.is_empty() && !TITLES.contains(word)).collect();
    if let ([first, rest @ ..], [begin @ .., last]) = (words.as_slice(), words.as_slice())
        && !rest.is_empty()
    {
        for (family, given) in [(*first, rest), (*last, begin)] {
            let given_words = given.join(" ");
            forms.insert(format!("{family} {given_words}"));
            forms.insert(format!("{given_words} {family}"));
            if given.len() > 1 {
                forms.insert(given_words);
            }
            forms.extend(with_initials(family, given));
        }
        forms.insert(format!("{first} {last}"));
        forms.insert(format!("{last} {first}"));
    }
    for part in parts(name) {
        let offices = OFFICES.iter().filter(|_| !is_common_word(&part));
        forms.extend(TITLES.iter().chain(offices).map(|title| format!("{title} {part}")));
    }
    forms
}

/// `kim c s`, `c s kim`; one initial that is a word of English says nothing.
fn with_initials(family: &str, given: &[&str]) -> Vec<String> {
    let initials: Vec<String> = given.iter().filter_map(|word| word.chars().next()).map(String::from).collect();
    let initials = initials.join(" ");
    if family.chars().count() < 2 || matches!(initials.as_str(), "a" | "i") {
        return Vec::new();
    }
    vec![format!("{family} {initials}"), format!("{initials} {family}")]
}

/// The parts of a name that can stand for the person alone: each word; of a name without spaces its family name and the rest.
pub(super) fn parts(name: &str) -> BTreeSet<String> {
    let normal = normal(name);
    if normal.chars().any(is_unspaced) && !normal.contains(' ') {
        let double = DOUBLE.iter().find(|family| normal.starts_with(**family) && normal.chars().count() > 2);
        let family = double.map_or_else(|| normal.chars().take(1).collect::<String>(), |family| (*family).to_owned());
        let given = normal.get(family.len()..).unwrap_or_default().to_owned();
        return [family, given].into_iter().filter(|part| !part.is_empty()).collect();
    }
    let is_part = |word: &&str| word.chars().count() > 1 || word.chars().all(is_unspaced);
    let is_name = |word: &&str| !word.is_empty() && !TITLES.contains(word);
    normal.split(' ').filter(is_part).filter(is_name).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_forms_in_either_order_with_titles_and_initials() {
        let forms = forms("Kim Chol-su");
        for form in ["kim chol su", "chol su kim", "kim c s", "c s kim", "mr kim", "dr chol", "director kim", "chol su"]
        {
            assert!(forms.contains(form), "{form}");
        }
        assert!(!forms.contains("kim") && !forms.contains("su"), "a part alone may be another word");
        assert!(super::forms("An Il").contains("mr an") && !super::forms("An Il").contains("director an"));
        assert!(super::forms("김철수").contains("김 선생") && super::forms("金哲洙").contains("金 先生"));
    }

    #[test]
    fn a_name_without_spaces_has_a_family_name_of_one_character_or_two() {
        let all = |name: &str| parts(name).into_iter().collect::<Vec<_>>();
        assert_eq!(all("김철수"), ["김", "철수"]);
        assert_eq!(all("남궁민수"), ["남궁", "민수"]);
        assert_eq!(all("Kim Chol-su"), ["chol", "kim", "su"]);
        assert_eq!(all("J. Traveller"), ["traveller"]);
        assert!(all("").is_empty());
    }
}
