//! The rules of the standard that its schema does not check, as sentences. Each names its number in the standard ruleset.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Activities, Activity};

/// The DAC purpose codes with their status.
const SECTORS: &str = include_str!("../../../assets/reference/dac_sectors.csv");

static KNOWN: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| SECTORS.lines().skip(1).filter_map(|line| line.split_once(',')).collect());

/// The types an organisation can have.
const ORGANISATION_TYPES: [&str; 16] =
    ["10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"];

/// A whole, in hundredths of a percent.
pub(super) const WHOLE: u32 = 10_000;

/// Something that a publisher has to mend, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The activity, by its identifier.
    pub activity: String,
    /// The number of the rule.
    pub rule: &'static str,
    /// Whether it must not be published so.
    pub is_error: bool,
    /// What is wrong and how to mend it.
    pub words: String,
}

impl Activities {
    /// What is wrong by the rules of the standard.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut seen = BTreeMap::new();
        for activity in &self.activities {
            let mut teller = Teller { activity: &activity.identifier, found: &mut found };
            names(activity, &mut teller);
            days(activity, self.made_on, &mut teller);
            places_and_sectors(activity, &mut teller);
            money(activity, self.made_on, &mut teller);
            if *seen.entry(&activity.identifier).and_modify(|times| *times += 1).or_insert(1) == 2 {
                teller.error("1.1.2", "Two projects have this identifier. Give each its own".to_owned());
            }
        }
        found
    }
}

struct Teller<'a> {
    activity: &'a str,
    found: &'a mut Vec<Finding>,
}

impl Teller<'_> {
    fn error(&mut self, rule: &'static str, words: String) {
        self.found.push(Finding { activity: self.activity.to_owned(), rule, is_error: true, words });
    }

    fn warning(&mut self, rule: &'static str, words: String) {
        self.found.push(Finding { activity: self.activity.to_owned(), rule, is_error: false, words });
    }
}

fn names(activity: &Activity, tell: &mut Teller<'_>) {
    let (id, own) = (&activity.identifier, &activity.reporting.id);
    if id.is_empty() {
        tell.error("1.1.1", "It has no identifier. Write our identifier, a hyphen and a code of our own".to_owned());
    } else if id == own {
        tell.error(
            "1.1.3",
            format!("Its identifier {id} is that of the organisation. Add a hyphen and a code of our own"),
        );
    } else if !own.is_empty() && !id.starts_with(&format!("{own}-")) {
        tell.warning("1.1.21", format!("Its identifier {id} should begin with {own} and a hyphen"));
    }
    if let Some(bad) = id.chars().find(|letter| letter.is_whitespace() || "/&|?".contains(*letter)) {
        tell.error("1.1.8", format!("Its identifier holds “{bad}”. Write it without spaces and without / & | ?"));
    }
    if own.is_empty() {
        tell.error("1.1.13", "Our own identifier is missing. Take it from org-id.guide".to_owned());
    } else if !own.contains('-') {
        tell.error("1.1.16", format!("Our identifier {own} names no register. Write for example US-EIN-123456789"));
    }
    let kind = &activity.reporting.kind;
    if !ORGANISATION_TYPES.contains(&kind.as_str()) {
        tell.error(
            "9.1.1",
            format!("“{kind}” is not a type of organisation. Write 21, 22, 60 or another code of the list"),
        );
    }
    if activity.title.is_empty() {
        tell.error("4.1.3", "It has no title".to_owned());
    }
    if activity.description.is_empty() {
        tell.error(
            "4.2.1",
            "It has no public description. Write one: what stands in the project is never published".to_owned(),
        );
    }
    if activity.participating.is_empty() {
        tell.error("6.10.3", "Nobody takes part. The organisation itself should".to_owned());
    }
    if activity.participating.iter().any(|(_, one)| one.id.is_empty() && one.name.is_empty()) {
        tell.error("6.10.1", "A participating organisation has neither identifier nor name".to_owned());
    }
}

fn days(activity: &Activity, today: NaiveDate, tell: &mut Teller<'_>) {
    let day = |kind: u8| activity.days.iter().find(|(of, _)| *of == kind).map(|(_, day)| *day);
    if day(1).is_none() && day(2).is_none() {
        tell.error("6.11.1", "It has no start. Write in the project on which day it starts".to_owned());
    }
    for (rule, what, start, end) in [("11.1.2", "planned", day(1), day(3)), ("11.1.3", "actual", day(2), day(4))] {
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            tell.error(rule, format!("Its {what} start {start} lies after its end {end}. Mend one of them"));
        }
    }
    for (rule, what, day) in [("11.1.4", "start", day(2)), ("11.1.5", "end", day(4))] {
        if let Some(day) = day.filter(|day| *day > today) {
            tell.error(rule, format!("Its actual {what} {day} lies in the future"));
        }
    }
}

fn places_and_sectors(activity: &Activity, tell: &mut Teller<'_>) {
    if activity.country.is_empty() {
        tell.error("3.7.1", "It names no country".to_owned());
    }
    if activity.sectors.is_empty() {
        tell.error(
            "6.2.2",
            "It has no sector. Write the main sector, or the DAC code of the project's category".to_owned(),
        );
    }
    for (code, _) in &activity.sectors {
        match KNOWN.get(code.as_str()) {
            None => {
                tell.error(
                    "9.1.2",
                    format!("“{code}” is not a DAC purpose code. Write five digits, for example 12263"),
                );
            }
            Some(&"withdrawn") => {
                tell.error("9.1.2", format!("The sector {code} is withdrawn. Choose the one that took its place"));
            }
            Some(_) => {}
        }
    }
    let several = activity.sectors.len() > 1;
    if several && activity.sectors.iter().any(|(_, part)| part.is_none()) {
        tell.error("2.1.1", "Of several sectors each needs its percentage".to_owned());
    }
    let sum: u32 = activity.sectors.iter().filter_map(|(_, part)| *part).sum();
    if several && sum != WHOLE {
        tell.error("2.1.2", format!("The percentages of the sectors make {}.{:02} and not 100", sum / 100, sum % 100));
    }
    if !several && activity.sectors.iter().any(|(_, part)| part.is_some_and(|part| part != WHOLE)) {
        tell.error("2.1.4", "A single sector has no percentage, or 100".to_owned());
    }
}

fn money(activity: &Activity, today: NaiveDate, tell: &mut Teller<'_>) {
    for budget in &activity.budgets {
        if budget.from > budget.to {
            tell.error("7.5.2", format!("A budget ends on {}, before it begins", budget.to));
        }
        if (budget.to - budget.from).num_days() > 366 {
            tell.error("7.5.3", format!("The budget from {} is for more than a year", budget.from));
        }
    }
    for transaction in activity.transactions.iter().filter(|one| one.on > today) {
        tell.error("11.2.1", format!("A transaction of {} lies in the future", transaction.on));
    }
    let values =
        activity.budgets.iter().map(|one| &one.value).chain(activity.transactions.iter().map(|one| &one.value));
    if activity.currency.is_empty() && values.into_iter().any(|value| value.currency().is_empty()) {
        tell.error("7.8.1", "An amount has no currency, and there is none by default".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::super::Organisation;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sound() -> Activity {
        let own = Organisation { id: "US-EIN-000000000".into(), kind: "21".into(), name: "Harbour Aid".into() };
        Activity {
            identifier: "US-EIN-000000000-TB2026".into(),
            currency: "USD".into(),
            reporting: own.clone(),
            title: "TB care".into(),
            description: "Medicine for TB".into(),
            participating: vec![(4, own)],
            status: 2,
            days: vec![(1, day("2026-01-01")), (2, day("2026-01-01")), (3, day("2026-12-31"))],
            country: "KP".into(),
            sectors: vec![("12263".into(), None)],
            ..Activity::default()
        }
    }

    fn rules(activity: Activity) -> Vec<&'static str> {
        let all = Activities { made_on: day("2026-11-24"), activities: vec![activity] };
        all.check().into_iter().map(|finding| finding.rule).collect()
    }

    type Break = fn(&mut Activity);

    #[test]
    fn each_rule_is_broken_by_what_it_is_about_and_by_nothing_else() {
        assert_eq!(rules(sound()), [""; 0]);
        let broken: [(&str, Break); 14] = [
            ("1.1.3", |one| one.identifier.clone_from(&one.reporting.id)),
            ("1.1.21", |one| one.identifier = "TB2026".into()),
            ("1.1.8", |one| one.identifier.push_str(" a")),
            ("9.1.1", |one| one.reporting.kind = "99".into()),
            ("4.2.1", |one| one.description.clear()),
            ("6.10.1", |one| one.participating.push((1, Organisation::default()))),
            ("6.11.1", |one| one.days.retain(|(kind, _)| *kind > 2)),
            ("11.1.2", |one| one.days[2].1 = "2025-12-31".parse().unwrap()),
            ("11.1.4", |one| one.days[1].1 = "2026-12-01".parse().unwrap()),
            ("3.7.1", |one| one.country.clear()),
            ("6.2.2", |one| one.sectors.clear()),
            ("9.1.2", |one| one.sectors[0].0 = "74010".into()),
            ("2.1.4", |one| one.sectors[0].1 = Some(5_000)),
            ("2.1.2", |one| one.sectors = vec![("12263".into(), Some(6_000)), ("14032".into(), Some(3_000))]),
        ];
        for (rule, how) in broken {
            let mut activity = sound();
            how(&mut activity);
            assert_eq!(rules(activity), [rule]);
        }
    }

    #[test]
    fn two_activities_never_share_an_identifier() {
        let all = Activities { made_on: day("2026-11-24"), activities: vec![sound(), sound()] };
        assert_eq!(all.check().iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["1.1.2"]);
    }
}
