//! Copies for others: a person is left out in every form of the name, and what only may be a name is told.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use corridor::domain::document::{Block, Cell, Column, Document, Fact, Holds, Table};
use corridor::domain::record::{Audience, Withheld};
use corridor::formats::text;
use corridor::services::Workspace;
use corridor::services::redact::{LEFT_OUT, Redacted, prove, redact};
use proptest::prelude::*;
use serde_json::json;
use support::*;

fn with_person(name: &str, name_ko: &str, name_zh: &str) -> Workspace {
    let mut workspace = workspace();
    let record = json!({"reference":"P-00017","name":name,"name_ko":name_ko,"name_zh":name_zh});
    apply(&mut workspace, &[json!({"op":"create","kind":"person","record":record})]);
    workspace
}

fn people() -> Audience {
    Audience { name: "Public".to_owned(), withheld: vec![Withheld::People], ..Audience::default() }
}

fn said(words: &str) -> Document {
    let blocks = vec![Block::Heading { level: 1, text: "Contacts".to_owned() }, Block::Text(words.to_owned())];
    Document { title: "Log".to_owned(), blocks, ..Document::default() }
}

fn copy(workspace: &Workspace, document: &Document) -> Redacted {
    redact(workspace.store().db(), document, &people()).unwrap()
}

/// What is left of a text, and the words that are in doubt.
fn left(workspace: &Workspace, words: &str) -> (String, Vec<String>) {
    let copy = copy(workspace, &said(words));
    let Some(Block::Text(text)) = copy.document.blocks.last() else { return Default::default() };
    let doubts = copy.left_out.doubts.iter().map(|doubt| doubt.word.clone()).collect();
    prove(text::write(&copy.document).as_bytes(), "text/plain", &copy.left_out.removed).unwrap();
    (text.clone(), doubts)
}

#[test]
fn a_name_is_left_out_in_either_order_however_it_is_parted() {
    let workspace = with_person("Kim Chol Su", "김철수", "金哲洙");
    for form in [
        "Kim Chol Su",
        "Kim Chol-su",
        "KIM Chol Su",
        "Kim Cholsu",
        "KIM, Chol-Su",
        "Chol Su Kim",
        "Cholsu Kim",
        "Kim C. S",
        "C.S. Kim",
        "Mr. Kim",
        "Mrs Kim",
        "Dr. Kim",
        "Comrade Kim",
        "Director Kim",
        "Mr. Chol Su",
        "김철수",
        "김 철수",
        "김 철 수",
        "김 선생",
        "김선생님",
        "김 동지",
        "金哲洙",
        "金先生",
        "金 先生",
    ] {
        let (text, doubts) = left(&workspace, &format!("Signed by {form}."));
        assert_eq!(text, format!("Signed by {LEFT_OUT}."), "{form}");
        assert_eq!(doubts, Vec::<String>::new(), "{form}");
    }
    let joined = with_person("Kim Cholsu", "", "");
    assert_eq!(
        left(&joined, "by Kim Chol-su").0,
        format!("by {LEFT_OUT}"),
        "the record may part it less than the text"
    );
    let western = with_person("Anna Maria Traveller", "", "");
    for form in ["TRAVELLER, Anna Maria", "Anna Traveller", "Ms Traveller", "A. M. Traveller"] {
        assert_eq!(left(&western, &format!("by {form}!")).0, format!("by {LEFT_OUT}!"), "{form}");
    }
}

#[test]
fn a_part_of_a_name_that_may_be_another_word_stays_and_is_told_with_its_place() {
    let workspace = with_person("An Song Il", "안성일", "");
    let (text, doubts) = left(&workspace, "An answer of AN OFFICE: Minister An sang a song for Song. Rian rang.");
    assert_eq!(text, "An answer of AN OFFICE: Minister An sang a song for Song. Rian rang.");
    assert_eq!(doubts, ["An", "Song"]);
    assert_eq!(left(&workspace, "to Mr. An").0, format!("to {LEFT_OUT}"));
    let told = copy(&workspace, &said("for Song")).left_out.in_words();
    assert_eq!(told, ["Look at: “Song” may stand for a person. It was not left out; it stands under “Contacts”"]);
}

#[test]
fn a_part_of_a_name_alone_in_a_cell_is_that_person() {
    let workspace = with_person("Ri Un", "", "");
    let table = Table {
        columns: vec![Column::text("By", ""), Column::text("What", "")],
        rows: vec![
            vec![Cell::text("Ri"), Cell::text("An answer")],
            vec![Cell::text("Seo, Ri"), Cell::text("Rice for Ri")],
        ],
        ..Table::default()
    };
    let facts = vec![Fact { label: "Met".to_owned(), value: "Ri; Dr. Ri".to_owned(), holds: Holds::Plain }];
    let document =
        Document { title: "Log".to_owned(), facts, blocks: vec![Block::Table(table)], ..Document::default() };
    let copy = copy(&workspace, &document);
    let text = text::write(&copy.document);
    assert_eq!(text.matches(LEFT_OUT).count(), 4, "{text}");
    assert!(text.contains("Rice for Ri"), "{text}");
    assert_eq!(copy.left_out.doubts.len(), 1, "the one in a sentence is told: {:?}", copy.left_out.doubts);
    let unproven: Vec<&str> =
        copy.left_out.removed.iter().filter(|one| !one.is_provable()).map(|one| one.value.as_str()).collect();
    assert_eq!(unproven, ["Ri"], "its absence cannot be proven while the word stands elsewhere");
}

#[test]
fn a_short_value_is_looked_for_as_a_word_where_nothing_else_reads_the_same() {
    let workspace = with_person("Anna Traveller", "", "");
    let table = |rest: &str| Table {
        columns: vec![Column::text("Who", "").holding(Holds::Person), Column::text("What", "")],
        rows: vec![vec![Cell::text("Ho"), Cell::text(rest)]],
        ..Table::default()
    };
    let document = |rest: &str| Document {
        title: "Log".to_owned(),
        blocks: vec![Block::Table(table(rest))],
        ..Document::default()
    };
    let clean = copy(&workspace, &document("who, Hope"));
    assert!(clean.left_out.removed[0].is_provable() && clean.left_out.doubts.is_empty(), "{clean:?}");
    prove(b"who, Hope", "text/plain", &clean.left_out.removed).unwrap();
    assert!(prove(b"by Ho, today", "text/plain", &clean.left_out.removed).is_err());
    let unclear = copy(&workspace, &document("Ho came"));
    assert!(!unclear.left_out.removed[0].is_provable());
    let told = unclear.left_out.in_words().join("\n");
    assert!(told.contains("cannot be looked for") && told.contains("Look at: “Ho” may stand for a person"), "{told}");
}

#[test]
fn the_word_that_somebody_asked_to_leave_out_goes_however_short_it_is() {
    let workspace = with_person("Anna Traveller", "", "");
    let audience = Audience { words: "TB".to_owned(), ..Audience::default() };
    let copy = redact(workspace.store().db(), &said("TB care, TBC"), &audience).unwrap();
    assert!(text::write(&copy.document).contains("[left out] care, TBC"), "{}", text::write(&copy.document));
}

#[test]
fn originals_leave_one_sentence_and_their_names_go_from_lists_too() {
    let workspace = with_person("Anna Traveller", "", "");
    let original =
        |name: &str| Block::Original { sha256: "0".repeat(64), name: name.to_owned(), media_type: String::new() };
    let blocks = vec![Block::Text("See waybill-7.pdf".to_owned()), original("waybill-7.pdf"), original("letter.pdf")];
    let copy = copy(&workspace, &Document { title: "Log".to_owned(), blocks, ..Document::default() });
    let text = text::write(&copy.document);
    assert!(text.contains("See [left out]") && text.contains("2 originals were left out of this copy."), "{text}");
}

/// Family names and syllables as the field has them, some of them common words.
fn name() -> impl Strategy<Value = (String, String, String)> {
    let family = prop::sample::select(vec!["Kim", "Ri", "Pak", "Choe", "An", "O", "So", "Hwang", "Song", "Namgung"]);
    let syllable = || prop::sample::select(vec!["Chol", "Su", "Il", "Un", "Jong", "Hyok", "Sun", "Hui", "Myong", "Ok"]);
    (family, syllable(), syllable()).prop_map(|(family, one, two)| (family.to_owned(), one.to_owned(), two.to_owned()))
}

fn form((family, one, two): &(String, String, String), which: usize) -> String {
    let low = two.to_lowercase();
    match which {
        0 => format!("{family} {one} {two}"),
        1 => format!("{family} {one}-{low}"),
        2 => format!("{family} {one}{low}"),
        3 => format!("{} {one} {two}", family.to_uppercase()),
        4 => format!("{}, {one}-{two}", family.to_uppercase()),
        5 => format!("{one} {two} {family}"),
        6 => format!("{one}{low} {family}"),
        7 => format!("Mr. {family}"),
        8 => format!("Dr {family}"),
        9 => format!("Ms. {one} {two}"),
        _ => format!("{family}\u{a0}{one} {two}").to_uppercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_form_of_a_name_survives(
        name in name(),
        recorded in 0_usize..3,
        texts in prop::collection::vec((0_usize..11, "q[a-z]{2,7}", "[ ,.;:()]", "q[a-z]{2,7}"), 1..6),
    ) {
        let workspace = with_person(&form(&name, recorded), "", "");
        // What stands around a form could be a part of the name by chance.
        let parts = [&name.0, &name.1, &name.2].map(|part| part.to_lowercase());
        let is_other = |word: &str| parts.iter().all(|part| !part.contains(word) && !word.contains(part.as_str()));
        for (which, before, sign, after) in texts {
            prop_assume!(is_other(&before) && is_other(&after));
            let form = form(&name, which);
            // One letter after a title is an initial of anybody.
            prop_assume!(name.0.len() > 1 || !(7..=8).contains(&which));
            let (text, _) = left(&workspace, &format!("{before} {form}{sign} {after}"));
            prop_assert_eq!(text, format!("{before} {LEFT_OUT}{sign} {after}"), "{}", form);
        }
    }
}
