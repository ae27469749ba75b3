//! The Humanitarian Exchange Language: the hashtags that its version 1.1 knows. A tag with another is not written.

/// The hashtags of HXL 1.1 that are released, without the sign in front.
const TAGS: [&str; 44] = [
    "access",
    "activity",
    "adm1",
    "adm2",
    "adm3",
    "adm4",
    "adm5",
    "affected",
    "beneficiary",
    "capacity",
    "cause",
    "channel",
    "contact",
    "country",
    "crisis",
    "currency",
    "date",
    "description",
    "event",
    "frequency",
    "geo",
    "group",
    "impact",
    "indicator",
    "inneed",
    "item",
    "loc",
    "meta",
    "modality",
    "need",
    "operations",
    "org",
    "output",
    "population",
    "reached",
    "region",
    "respondee",
    "sector",
    "service",
    "severity",
    "status",
    "subsector",
    "targeted",
    "value",
];

/// Whether a tag such as `#adm1+name` stands on a hashtag of HXL 1.1, and its attributes are well formed.
#[must_use]
pub fn is_known(tag: &str) -> bool {
    let mut parts = tag.split('+');
    let known = parts.next().and_then(|hashtag| hashtag.strip_prefix('#')).is_some_and(|name| TAGS.contains(&name));
    let is_attribute = |part: &str| {
        let mut letters = part.bytes();
        letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_')
    };
    known && parts.all(is_attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_of_the_core_list_are_known() {
        for tag in ["#adm1+code+v_pcode", "#item+name", "#reached+f+children+age_lt5", "#meta"] {
            assert!(is_known(tag), "{tag}");
        }
        for tag in ["", "item+name", "#delivery", "#quantity", "#item+", "#item+Name", "#item name"] {
            assert!(!is_known(tag), "{tag}");
        }
    }
}
