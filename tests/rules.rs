//! Which permissions does an act need? Each case in plain words, against the rows that come with the program.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails by panicking is a test that fails")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use corridor::domain::record::{ActKind, Component, GoodsClass, Item, Rule, RuleAnswer, Shipment, ShipmentLeg};
use corridor::domain::rules::{Act, Actor, Advice, Goods, Need, RuleBook, RuleRow, Traveller, acts, file};

const UN: &str = "humanitarian_exemption";
const SPECIFIC: &str = "ofac_specific_licence";
const GENERAL: &str = "ofac_general_licence";
const BIS: &str = "bis_export_licence";
const STATE: &str = "ngo_activity_report";
const PASSPORT: &str = "special_validation_passport";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn from(country: &str) -> Actor {
    Actor { country: Some(country.to_owned()), us_person: country == "US" }
}

fn goods(hs: &str) -> Goods {
    Goods { name: "the goods".to_owned(), hs_codes: vec![hs.to_owned()], ..Goods::default() }
}

fn us_goods(hs: &str) -> Goods {
    Goods { us_origin: true, eccn: "EAR99".to_owned(), ..goods(hs) }
}

fn ship(goods: Goods, actor: Actor, on: &str) -> Act {
    Act {
        kind: ActKind::Ship,
        on: day(on),
        direction: None,
        goods: Some(goods),
        actor,
        transit: Vec::new(),
        traveller: None,
    }
}

fn act(kind: ActKind, actor: Actor, on: &str) -> Act {
    Act { kind, on: day(on), direction: None, goods: None, actor, transit: Vec::new(), traveller: None }
}

fn travel(passport: Option<&str>, us_person: bool, on: &str) -> Act {
    let traveller = Traveller { passport_country: passport.map(str::to_owned), many_trips: false };
    let actor = Actor { country: passport.map(str::to_owned), us_person };
    Act { traveller: Some(traveller), ..act(ActKind::Travel, actor, on) }
}

fn advise(act: &Act) -> Advice {
    RuleBook::shipped().advise(act)
}

fn need<'a>(advice: &'a Advice, instrument: &str) -> &'a Need {
    advice
        .needs
        .iter()
        .find(|need| need.instrument == instrument)
        .unwrap_or_else(|| panic!("no {instrument}: {advice:#?}"))
}

fn answers(advice: &Advice, wanted: RuleAnswer) -> Vec<&str> {
    advice.needs.iter().filter(|need| need.answer == wanted).map(|need| need.instrument.as_str()).collect()
}

/// Asserts what is needed, and what is not clear; the rest is not needed.
#[track_caller]
fn expect(act: &Act, needed: &[&str], unclear: &[&str]) -> Advice {
    let advice = advise(act);
    let sorted = |list: &[&str]| {
        list.iter().copied().collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(answers(&advice, RuleAnswer::Needed), sorted(needed), "needed: {advice:#?}");
    assert_eq!(answers(&advice, RuleAnswer::Unclear), sorted(unclear), "unclear: {advice:#?}");
    advice
}

#[test]
fn every_row_of_the_first_list_is_shipped() {
    let codes: BTreeSet<String> = RuleBook::shipped()
        .rows()
        .iter()
        .map(|row| row.rule.reference.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned())
        .collect();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/rules.csv");
    // The first list stands beside the project; where it does not, its codes as they were stand in for it.
    let first: Vec<String> = match std::fs::read_to_string(path) {
        Ok(csv) => csv.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect(),
        Err(_) => FIRST_LIST.split_whitespace().map(str::to_owned).collect(),
    };
    assert_eq!(first.len(), 46);
    for code in &first {
        assert!(FIRST_LIST.split_whitespace().any(|known| known == code), "{code} is new in the first list");
        assert!(codes.contains(code), "{code} is lost");
    }
    for row in RuleBook::shipped().rows() {
        assert!(row.rule.checked_on.is_some() && row.rule.confidence.is_some(), "{}", row.rule.reference);
        assert!(row.rule.needs.iter().all(|need| !need.words.is_empty()), "{}", row.rule.reference);
    }
}

const FIRST_LIST: &str = "US-FOOD-1 US-FOOD-2 US-MED-1 US-MED-2 US-MED-3 US-DEV-1 US-DEV-2 UN-7289-1 US-7289-1 US-7289-2 \
    US-7289-3 XX-7289-4 US-OTHER-1 US-CCL-1 US-LUX-1 XX-FUEL-1 US-SVC-1 US-SVC-2 US-EDU-1 US-EDU-2 US-PEACE-1 US-PART-1 \
    US-PART-2 US-NEWS-1 US-EMRG-1 US-REM-1 US-TRAV-1 US-TRAV-2 US-TRAV-3 US-TRAV-4 US-PAY-1 US-PAY-2 US-BANK-1 CN-TRAN-1 \
    KR-GOOD-1 KR-CONT-1 KR-CONT-2 EU-GOOD-1 UK-GOOD-1 CH-GOOD-1 CA-GOOD-1 AU-GOOD-1 US-REC-1 US-REC-2 US-RETN-1 US-SHIP-1";

#[test]
fn a_nail_clipper_in_a_hygiene_kit_needs_the_exemption_and_is_named() {
    let part = |name: &str, hs: &str| Component {
        name: name.to_owned(),
        hs_code: Some(hs.to_owned()),
        ..Component::default()
    };
    let kit = Item {
        name: "Hygiene kit".to_owned(),
        components: vec![part("soap", "340111"), part("nail clipper", "821420"), part("towel", "630260")],
        ..Item::default()
    };
    let act = acts::of_plan(&kit, &from("KR"), day("2024-05-01"));
    let advice = expect(&act, &[UN, "kr_outbound_approval"], &[]);
    assert!(need(&advice, UN).words.contains("Because of the component nail clipper, HS 821420"), "{advice:#?}");
    assert!(!need(&advice, UN).others.is_empty(), "what was said of the soap is kept");
    assert!(advice.missing.is_empty());
    let soap = Item { components: vec![part("soap", "340111")], ..kit };
    expect(&acts::of_plan(&soap, &from("KR"), day("2024-05-01")), &["kr_outbound_approval"], &[]);
}

#[test]
fn steel_milk_cans_of_a_us_organisation_needed_two_licences_and_an_exemption_until_2024() {
    expect(&ship(us_goods("732310"), from("US"), "2018-06-01"), &[UN, SPECIFIC, BIS], &[]);
    expect(&ship(us_goods("732310"), from("US"), "2024-02-15"), &[UN, SPECIFIC, BIS], &[]);
    for on in ["2024-02-16", "2025-06-01"] {
        let advice = expect(&ship(us_goods("732310"), from("US"), on), &[UN, GENERAL, BIS], &[]);
        assert_eq!(need(&advice, GENERAL).section, "31 CFR 510.520");
    }
    let foreign = expect(&ship(goods("732310"), from("US"), "2025-06-01"), &[UN, GENERAL, STATE], &[]);
    assert_eq!(need(&foreign, GENERAL).section, "31 CFR 510.512");
}

#[test]
fn us_food_and_medicine_change_on_16_february_2024() {
    for hs in ["100630", "300420"] {
        let before = expect(&ship(us_goods(hs), from("US"), "2024-02-15"), &[SPECIFIC], &[]);
        assert_eq!(need(&before, BIS).answer, RuleAnswer::NotNeeded);
        let after = expect(&ship(us_goods(hs), from("US"), "2024-02-16"), &[GENERAL], &[]);
        assert_eq!(need(&after, GENERAL).section, "31 CFR 510.520");
        assert!(need(&after, GENERAL).words.contains("deduced from HS"), "{after:#?}");
    }
    expect(&ship(us_goods("630140"), from("US"), "2025-01-10"), &[GENERAL, BIS], &[]);
    expect(&ship(us_goods("630140"), from("US"), "2015-01-10"), &[BIS], &[]);
}

#[test]
fn an_oxygen_concentrator_without_us_content_is_unclear_since_the_list_of_june_2026() {
    let before = expect(&ship(goods("901920"), from("US"), "2026-06-10"), &[GENERAL], &[]);
    assert_eq!(need(&before, GENERAL).section, "31 CFR 510.521");
    let after = expect(&ship(goods("901920"), from("US"), "2026-06-11"), &[], &[GENERAL, SPECIFIC]);
    assert!(need(&after, SPECIFIC).words.contains("read as a fragment"), "{after:#?}");
    let other = expect(&ship(goods("901890"), from("US"), "2026-06-11"), &[GENERAL], &[]);
    assert_eq!(need(&other, SPECIFIC).answer, RuleAnswer::NotNeeded);
    // One of US origin does not change on that day.
    for on in ["2026-06-10", "2026-06-11"] {
        let ours = expect(&ship(us_goods("901920"), from("US"), on), &[GENERAL, BIS], &[]);
        assert_eq!(need(&ours, GENERAL).section, "31 CFR 510.520");
    }
}

#[test]
fn each_country_asks_for_its_own_permit() {
    for (country, permit, any_goods) in [
        ("KR", "kr_outbound_approval", true),
        ("DE", "eu_authorisation", false),
        ("GB", "uk_export_licence", false),
        ("CH", "seco_authorisation", true),
        ("CA", "ca_permit", true),
        ("AU", "au_permit", false),
        ("CN", "cn_transit", true),
    ] {
        expect(&ship(goods("841350"), from(country), "2024-06-01"), &[UN, permit], &[]);
        let rice: &[&str] = if any_goods { &[permit] } else { &[] };
        expect(&ship(goods("100630"), from(country), "2024-06-01"), rice, &[]);
    }
    let through = Act { transit: vec!["CN".to_owned()], ..ship(goods("841350"), from("KR"), "2024-06-01") };
    expect(&through, &[UN, "kr_outbound_approval", "cn_transit"], &[]);
    expect(&Act { on: day("2018-01-05"), ..through }, &[UN, "kr_outbound_approval"], &[]);
    expect(&act(ActKind::Contact, from("KR"), "2025-07-30"), &["kr_contact_report"], &[]);
    expect(&act(ActKind::Contact, from("DE"), "2025-07-30"), &[], &[]);
}

#[test]
fn a_us_passport_needs_validation_after_the_last_verified_day_too_and_says_so() {
    for on in ["2017-09-01", "2023-05-01", "2026-08-31", "2026-11-24"] {
        let advice = expect(
            &travel(Some("US"), true, on),
            if on < "2018-03-05" { &[PASSPORT, "kp_visa"] } else { &[PASSPORT, "kp_visa", GENERAL] },
            &[],
        );
        let row = &RuleBook::shipped().rows()[need(&advice, PASSPORT).rows[0]];
        let said = (on > "2026-08-31").then(|| "not verified after 2026-08-31".to_owned());
        assert_eq!(row.not_verified(day(on)), said);
    }
    expect(&travel(Some("US"), true, "2017-08-31"), &[], &[]);
    expect(&travel(Some("KR"), false, "2024-05-01"), &["kp_visa"], &[]);
    expect(&travel(Some("KR"), true, "2024-05-01"), &["kp_visa", GENERAL], &[]);
    let unknown = expect(&travel(None, false, "2024-05-01"), &["kp_visa"], &[PASSPORT, GENERAL]);
    assert!(unknown.missing[0].contains("passport"), "{unknown:#?}");
    let mut many = travel(Some("US"), true, "2024-05-01");
    many.traveller.as_mut().unwrap().many_trips = true;
    let codes: Vec<String> = need(&advise(&many), PASSPORT)
        .rows
        .iter()
        .map(|row| RuleBook::shipped().rows()[*row].rule.reference.clone())
        .collect();
    assert_eq!(codes, ["US-TRAV-1a", "US-TRAV-2"]);
}

#[test]
fn work_and_money_of_us_persons_have_their_rows() {
    for (kind, on, needed, unclear) in [
        (ActKind::Service, "2020-01-01", &[GENERAL, "kp_host_agreement"][..], &[][..]),
        (ActKind::Service, "2025-01-01", &[GENERAL, STATE, "kp_host_agreement"], &[]),
        (ActKind::Education, "2023-01-01", &[SPECIFIC], &[]),
        (ActKind::Education, "2025-01-01", &[GENERAL, STATE], &[]),
        (ActKind::TechnicalTeaching, "2025-01-01", &[SPECIFIC, BIS], &[UN]),
        (ActKind::Peacebuilding, "2025-01-01", &[GENERAL, STATE], &[]),
        (ActKind::Partnership, "2023-01-01", &[SPECIFIC], &[]),
        (ActKind::Partnership, "2025-01-01", &[GENERAL, STATE], &[SPECIFIC]),
        (ActKind::EmergencyMedical, "2025-01-01", &[GENERAL], &[]),
        (ActKind::Remittance, "2025-01-01", &[GENERAL], &[]),
        (ActKind::PayLocally, "2020-01-01", &[GENERAL], &[UN]),
        (ActKind::PayLocally, "2023-01-01", &[GENERAL], &[]),
        (ActKind::PayLocally, "2025-01-01", &[GENERAL, STATE], &[]),
        (ActKind::SendFunds, "2020-01-01", &[GENERAL], &[UN]),
        (ActKind::SendFunds, "2025-01-01", &[GENERAL], &[]),
        (ActKind::Charter, "2025-01-01", &[], &[SPECIFIC]),
        (ActKind::KeepRecords, "2025-01-01", &[], &[]),
        (ActKind::BringBack, "2025-01-01", &[SPECIFIC], &[UN]),
    ] {
        expect(&act(kind, from("US"), on), needed, unclear);
    }
    let kept = advise(&act(ActKind::KeepRecords, from("US"), "2025-03-12"));
    assert!(need(&kept, SPECIFIC).words.contains("10 years"));
    assert!(advise(&act(ActKind::Service, from("DE"), "2025-01-01")).needs.is_empty());
}

#[test]
fn luxury_is_barred_and_diesel_goes_by_the_cap() {
    let watch = Goods { class: Some(GoodsClass::Luxury), ..us_goods("910111") };
    let advice = advise(&ship(watch, from("US"), "2025-01-01"));
    assert_eq!(answers(&advice, RuleAnswer::Barred), [BIS, UN, SPECIFIC]);
    expect(&ship(goods("910111"), from("DE"), "2025-01-01"), &[], &[UN]);
    let diesel =
        expect(&ship(goods("271019"), from("DE"), "2025-01-01"), &["un_petroleum_report", "eu_authorisation"], &[]);
    assert_eq!(need(&diesel, UN).answer, RuleAnswer::NotNeeded);
    expect(&ship(us_goods("271019"), from("US"), "2025-01-01"), &["un_petroleum_report", GENERAL, BIS], &[]);
}

#[test]
fn what_is_not_known_is_said_and_never_not_needed() {
    let mut rice = us_goods("100630");
    rice.eccn.clear();
    let advice = expect(&ship(rice, from("US"), "2025-01-01"), &[GENERAL], &[BIS]);
    assert!(advice.missing[0].contains("ECCN"), "{advice:#?}");
    // Where both branches say the same, the number does not matter.
    let mut cans = us_goods("732310");
    cans.eccn.clear();
    assert!(expect(&ship(cans, from("US"), "2025-01-01"), &[UN, GENERAL, BIS], &[]).missing.is_empty());
    let nothing = Goods { name: "Something".to_owned(), without_hs: vec!["Something".to_owned()], ..Goods::default() };
    let advice =
        expect(&ship(nothing, from("DE"), "2025-01-01"), &[], &[UN, "eu_authorisation", "un_petroleum_report"]);
    assert_eq!(
        advice.missing[0],
        "The HS code of Something is not known. Write it on the item: whether it lies in 72-89 decides much"
    );
    let nobody = advise(&ship(goods("841350"), Actor::default(), "2025-01-01"));
    assert!(nobody.missing.iter().any(|sentence| sentence.contains("country of the one who acts")), "{nobody:#?}");
    assert_eq!(need(&nobody, "eu_authorisation").answer, RuleAnswer::Unclear);
    expect(
        &Act { goods: None, ..ship(goods("1006"), from("DE"), "2025-01-01") },
        &[],
        &[UN, "eu_authorisation", "un_petroleum_report"],
    );
    assert!(!advise(&Act { goods: None, ..ship(goods("1006"), from("DE"), "2025-01-01") }).missing.is_empty());
}

#[test]
fn a_share_of_us_content_from_ten_per_cent_makes_goods_subject_to_us_rules() {
    let share = |share| Goods { us_share: Some(share), eccn: "EAR99".to_owned(), ..goods("630140") };
    expect(&ship(share(9), from("DE"), "2025-01-01"), &[], &[]);
    expect(&ship(share(10), from("DE"), "2025-01-01"), &[GENERAL, BIS], &[]);
}

#[test]
fn the_way_names_its_countries() {
    let leg = |from: &str, to: &str| ShipmentLeg { from: from.to_owned(), to: to.to_owned(), ..ShipmentLeg::default() };
    let mut shipment =
        Shipment { legs: vec![leg("Busan", "Dalian"), leg("Port of Dalian", "Nampo")], ..Shipment::default() };
    assert_eq!(acts::transit_of(&shipment), ["CN"]);
    shipment.legs = vec![leg("Dandong", "Sinuiju")];
    assert!(acts::transit_of(&shipment).is_empty(), "where it leaves from is no transit");
    shipment.legs = vec![leg("Hamburg", "Nampo")];
    shipment.legs[0].through = Some("SG".to_owned());
    assert_eq!(acts::transit_of(&shipment), ["SG"]);
    assert_eq!(acts::country_of_place("CNDDG"), Some("CN"));
    assert_eq!(acts::country_of_place("Atlantis"), None);
}

#[test]
fn an_own_row_stands_in_place_of_the_shipped_one_and_one_not_used_takes_it_away() {
    let shipped = RuleBook::shipped().rows().iter().find(|row| row.rule.reference == "UN-7289-1").unwrap();
    let own = |rule: Rule| vec![RuleRow { rule, own: true, ..shipped.clone() }];
    let later = RuleBook::merged(own(Rule { from: Some(day("2030-01-01")), ..shipped.rule.clone() }));
    let row = later.rows().iter().find(|row| row.rule.reference == "UN-7289-1" && row.own).unwrap();
    assert!(row.own && row.overrides);
    assert_eq!(row.origin(), "your row, in place of the built-in one");
    let pump = ship(goods("841350"), from("JP"), "2025-01-01");
    let without = later.advise(&pump);
    let codes = |advice: &Advice, book: &RuleBook| -> Vec<String> {
        need(advice, UN).rows.iter().map(|row| book.rows()[*row].rule.reference.clone()).collect()
    };
    assert_eq!(codes(&without, &later), ["UN-7289-1", "XX-7289-4"], "before its days the shipped row holds");
    let rows = |book: &RuleBook, on: &str| -> Vec<bool> {
        let advice = book.advise(&Act { on: day(on), ..pump.clone() });
        let spoke = need(&advice, UN).rows.iter().map(|row| &book.rows()[*row]);
        spoke.filter(|row| row.rule.code() == "UN-7289-1").map(|row| row.own).collect()
    };
    assert_eq!((rows(&later, "2029-12-31"), rows(&later, "2030-01-01")), (vec![false], vec![true]));
    let year = Rule { from: Some(day("2024-01-01")), to: Some(day("2024-12-31")), ..shipped.rule.clone() };
    let next = Rule {
        reference: "MINE".into(),
        stands_for: "UN-7289-1".into(),
        from: Some(day("2025-01-01")),
        to: Some(day("2025-06-30")),
        ..shipped.rule.clone()
    };
    let both = RuleBook::merged(vec![RuleRow { rule: next, own: true, ..shipped.clone() }, own(year).remove(0)]);
    for (on, is_own) in [("2023-12-31", false), ("2024-01-01", true), ("2025-06-30", true), ("2025-07-01", false)] {
        assert_eq!(rows(&both, on), [is_own], "{on}");
    }
    let gone = RuleBook::merged(own(Rule { withdrawn: true, ..shipped.rule.clone() }));
    assert!(gone.rows().iter().all(|row| row.rule.reference != "UN-7289-1"));
    assert_eq!(gone.rows().len() + 1, RuleBook::shipped().rows().len());
}

#[test]
fn a_rule_file_is_refused_with_file_row_and_reason() {
    let row = |id: &str, more: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nact = \"ship\"\ntitle = \"T\"\nchecked_on = \"2026-11-23\"\nconfidence = \"seen\"\n{more}\n"
        )
    };
    let need = "need = [{ instrument = \"humanitarian_exemption\", answer = \"needed\" }]";
    let good = format!("from = \"2020-01-01\"\nto = \"2020-12-31\"\ncitation = \"C\"\n{need}");
    let read = |text: &str| file::parse("mine.toml", text, file::built_in_instruments());
    let why = |text: &str| read(text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert_eq!(read(&row("A", &good)).unwrap().len(), 1);
    let unknown = why(&row("A", &good.replace("humanitarian_exemption", "nonsense")));
    assert!(unknown.starts_with("mine.toml, row 1 (A): “nonsense” is not an instrument. Write one of "), "{unknown}");
    let twice = format!(
        "{}{}",
        row("A", &good),
        row("A", &good.replace("2020-01-01", "2020-12-31").replace("to = \"2020-12-31\"\n", ""))
    );
    assert_eq!(
        why(&twice),
        "mine.toml, row 2 (A): it holds on days on which row 1 (A) holds too. Set their days apart, or give it another id"
    );
    let after = format!("{}{}", row("A", &good), row("A", &good.replace("2020-", "2021-")));
    assert_eq!(read(&after).unwrap().len(), 2, "the same code may go on later");
    assert_eq!(why(&row("A", &good.replace("\"C\"", "\" \""))), "mine.toml, row 1 (A): the citation is missing");
    let turned = why(&row("A", &good.replace("2020-12-31", "2019-12-31")));
    assert_eq!(
        turned,
        "mine.toml, row 1 (A): it ends on 2019-12-31, before it begins on 2020-01-01. Exchange the two days"
    );
    assert!(why(&row("A", &good.replace("from", "form"))).contains("row 1 (A)"));
    assert!(why("[[rule]\n").starts_with("mine.toml, line 1: this is not TOML"));
    assert!(why("x = 1").contains("“x” is not known"));
    assert!(why(&row("A", &format!("{good}\nwhen = {{ hs = \"72-8x\" }}"))).contains("“72-8x” is no HS code"));
    for when in ["transit = \"CHINA\"", "transit = \"ZZ\"", "countries = \"KR; ZZ\"", "not_countries = \"ZZ\""] {
        let said = why(&row("A", &format!("{good}\nwhen = {{ {when} }}")));
        assert!(said.contains("is not a country of ISO 3166"), "{when}: {said}");
    }
    let word = why(&row("A", &good).replace("\"seen\"", "\"sure\""));
    assert!(word.contains("“sure” is not known here. Write one of seen, seen_in_part"), "{word}");
    assert!(file::shipped(file::built_in_instruments()).is_ok());
}
