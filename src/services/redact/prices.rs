//! Amounts of money: found in texts by their currency, and looked for in files in the forms that programs give them.

use crate::domain::codes;
use crate::domain::money::Money;

/// How many digits an amount must have to be looked for without its currency: shorter ones are quantities by chance.
const TELLING_DIGITS: usize = 5;
/// Signs that stand for a currency.
const SIGNS: [char; 6] = ['$', '€', '£', '¥', '₩', '￥'];

/// The places of a text, in bytes, at which an amount stands with its currency.
pub(super) fn places(text: &str) -> Vec<(usize, usize)> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, (start, word)) in words.iter().enumerate() {
        let end = start + word.len();
        let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).filter(|(_, word)| is_amount(word));
        if is_currency(word) {
            if let Some((next, amount)) = beside(Some(at + 1)) {
                places.push((*start, next + amount.len()));
            } else if let Some((before, _)) = beside(at.checked_sub(1)) {
                places.push((*before, end));
            }
        } else if is_amount_with_currency(word) {
            places.push((*start, end));
        }
    }
    places
}

/// Words without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_whitespace().filter_map(move |word| {
        let start = at + text.get(at..)?.find(word)?;
        at = start + word.len();
        let inner = word.trim_start_matches(['(', '[', '“', '"', '\'']);
        let start = start + word.len() - inner.len();
        Some((start, inner.trim_end_matches([')', ']', '”', '"', '\'', '.', ',', ';', ':'])))
    })
}

fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && codes::currency_exists(word)
}

fn is_amount(word: &str) -> bool {
    let digits = |byte: u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'\'');
    word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().all(digits)
}

/// `$1,250`, `USD1250`, `1250€`.
fn is_amount_with_currency(word: &str) -> bool {
    let bare = word.trim_matches(SIGNS);
    let after_code = word.get(..3).filter(|code| is_currency(code)).and(word.get(3..));
    (bare.len() < word.len() && is_amount(bare)) || after_code.is_some_and(is_amount)
}

/// The folded forms in which a file can hold an amount.
pub(super) fn forms(money: &Money) -> Vec<String> {
    let plain = money.to_string();
    let amount = plain.split_once(' ').map_or("", |(_, amount)| amount);
    let short = if amount.contains('.') { amount.trim_end_matches('0').trim_end_matches('.') } else { amount };
    let grouped = money.grouped();
    let grouped = grouped.split_once(' ').map_or("", |(_, amount)| amount).to_owned();
    let currency = money.currency().to_lowercase();
    let mut forms = Vec::new();
    for amount in [amount, short, &grouped] {
        let amount = super::normal::normal(amount);
        if amount.bytes().filter(u8::is_ascii_digit).count() >= TELLING_DIGITS {
            forms.push(amount.clone());
        }
        if amount.bytes().any(|digit| matches!(digit, b'1'..=b'9')) {
            forms.push(format!("{currency} {amount}"));
            forms.push(format!("{amount} {currency}"));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

/// The amount of a text, where it is one.
pub(super) fn of_text(text: &str) -> Option<Money> {
    Money::parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_by_their_currency() {
        let found =
            |text: &str| places(text).into_iter().map(|(start, end)| text[start..end].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("Soap, USD 1,250.00."), ["USD 1,250.00"]);
        assert_eq!(found("cost (1250 EUR) and $12, 300 tablets"), ["1250 EUR", "$12"]);
        assert_eq!(found("USD and 3 boxes; KRW1250000"), ["KRW1250000"]);
        assert_eq!(found("ALL 12 pumps"), ["ALL 12"], "a currency of Albania: rather too much than too little");
        assert_eq!(found("12 pumps of 2026"), Vec::<String>::new());
    }

    #[test]
    fn an_amount_is_looked_for_as_programs_write_it() {
        let forms = forms(&Money::parse("USD 12500.50").unwrap());
        for form in ["12500 50", "12500 5", "12 500 50", "usd 12500 5"] {
            assert!(forms.contains(&form.to_owned()), "{form} in {forms:?}");
        }
        let short = super::forms(&Money::parse("USD 300").unwrap());
        assert!(!short.contains(&"300".to_owned()) && short.contains(&"usd 300".to_owned()), "{short:?}");
    }
}
