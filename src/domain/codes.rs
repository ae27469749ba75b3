//! Published code lists: units, currencies and countries, as compiled into the program from `assets/reference`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Codes of a list and their names, in the order of the codes.
type CodeList = BTreeMap<String, String>;

static UNITS: LazyLock<CodeList> = LazyLock::new(|| read(include_str!("../../assets/reference/uom_rec20.csv")));
static CURRENCIES: LazyLock<CodeList> =
    LazyLock::new(|| read(include_str!("../../assets/reference/currencies_iso4217.csv")));
static COUNTRIES: LazyLock<CodeList> = LazyLock::new(|| read(include_str!("../../assets/reference/countries.csv")));

/// Codes by everything they are called, in lower case; the first of the list counts.
type Names = HashMap<String, &'static str>;

static UNIT_NAMES: LazyLock<Names> = LazyLock::new(|| {
    names(units().flat_map(|(code, name)| {
        [code.to_lowercase(), name.to_lowercase(), unit_short(code).to_owned()].map(|called| (called, code))
    }))
});
static COUNTRY_NAMES: LazyLock<Names> = LazyLock::new(|| {
    names(countries().flat_map(|(code, name)| [code, name].map(|called| (called.to_lowercase(), code))))
});

fn names(called: impl Iterator<Item = (String, &'static str)>) -> Names {
    let mut names = Names::new();
    for (name, code) in called {
        names.entry(name).or_insert(code);
    }
    names
}

/// Reads the first two columns of a compiled-in list; a test proves that none of the lists is empty.
fn read(csv: &str) -> CodeList {
    csv::Reader::from_reader(csv.as_bytes())
        .records()
        .filter_map(Result::ok)
        .filter_map(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())))
        .collect()
}

/// The units of UN/CEFACT Recommendation 20 and the packages of 21 that aid uses: code and name.
pub fn units() -> impl Iterator<Item = (&'static str, &'static str)> {
    UNITS.iter().map(|(code, name)| (code.as_str(), name.as_str()))
}

/// The name of a unit, for example `kilogram` for `KGM`.
#[must_use]
pub fn unit_name(code: &str) -> Option<&'static str> {
    UNITS.get(code).map(String::as_str)
}

/// The short form of a unit for tables, for example `kg` for `KGM`.
#[must_use]
pub fn unit_short(code: &str) -> &str {
    match code {
        "KGM" => "kg",
        "GRM" => "g",
        "TNE" => "t",
        "LTR" => "l",
        "MLT" => "ml",
        "MTR" => "m",
        "MTK" => "m²",
        "MTQ" => "m³",
        "H87" | "C62" | "EA" => "pcs",
        other => unit_name(other).unwrap_or(other),
    }
}

/// The code of a unit named by its code, its name or its short form, in any case.
#[must_use]
pub fn find_unit(text: &str) -> Option<&'static str> {
    UNIT_NAMES.get(&text.trim().to_lowercase()).copied()
}

/// The currencies of ISO 4217: code and name.
pub fn currencies() -> impl Iterator<Item = (&'static str, &'static str)> {
    CURRENCIES.iter().map(|(code, name)| (code.as_str(), name.as_str()))
}

/// Whether ISO 4217 has this code.
#[must_use]
pub fn currency_exists(code: &str) -> bool {
    CURRENCIES.contains_key(code)
}

/// How many decimals a currency has, by the minor-unit column of ISO 4217.
#[must_use]
pub fn currency_decimals(code: &str) -> usize {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// The countries of ISO 3166-1: two-letter code and name.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().map(|(code, name)| (code.as_str(), name.as_str()))
}

/// The name of a country, for example `DPR Korea` for `KP`.
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    COUNTRIES.get(code).map(String::as_str)
}

/// The code of a country named by its code or its name, in any case.
#[must_use]
pub fn find_country(text: &str) -> Option<&'static str> {
    COUNTRY_NAMES.get(&text.trim().to_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        assert!(units().count() > 50);
        assert!(currencies().count() > 150);
        assert!(countries().count() > 240);
    }

    #[test]
    fn a_code_is_found_by_any_of_its_names() {
        assert_eq!(find_unit("kg"), Some("KGM"));
        assert_eq!(find_unit("Tablet"), Some("U2"));
        assert_eq!(find_unit("furlong"), None);
        assert_eq!(find_country("Republic of Korea"), Some("KR"));
        assert_eq!(find_country("kp"), Some("KP"));
    }
}
