//! What a record of reach may say of people that an earlier one counted.

use chrono::NaiveDate;

use super::Illegal;
use crate::domain::record::{AgeBand, Reach, ReachedGroup, Sex};

/// A record of reach and the earlier one of whose people it counts some again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReachFacts {
    /// The record itself.
    pub reach: Reach,
    /// The earlier one, with its reference.
    pub earlier: Option<(String, Reach)>,
}

impl ReachFacts {
    /// Refuses more people counted before than the earlier record has of that sex and age, and an earlier record that is
    /// the later one.
    pub fn check(&self) -> Result<(), Illegal> {
        let Some((reference, earlier)) = &self.earlier else { return Ok(()) };
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        if self.reach.from < earlier.from {
            return Err(Illegal::Contradiction(format!(
                "It counts again people of {reference}, which begins on {}, after {}. Let the later record name the earlier one",
                day(earlier.from),
                day(self.reach.from)
            )));
        }
        for row in &self.reach.groups {
            let same = |other: &&ReachedGroup| other.sex == row.sex && other.age == row.age;
            let again: u64 = self.reach.groups.iter().filter(same).filter_map(|row| row.again).map(u64::from).sum();
            refuse_more(again, people(earlier, row), &words(row), reference)?;
        }
        let again = self.reach.groups.iter().filter_map(|row| row.again).map(u64::from).sum();
        let all = earlier.groups.iter().filter_map(|row| row.people).map(u64::from).sum();
        refuse_more(again, all, "in all", reference)
    }
}

/// The people of a record among whom some of a row can be: of its sex and age, and those of whom the record does not say.
fn people(of: &Reach, row: &ReachedGroup) -> u64 {
    let sexes = |a: Option<Sex>, b: Option<Sex>| a == b || a == Some(Sex::All) || b == Some(Sex::All);
    let ages = |a: Option<AgeBand>, b: Option<AgeBand>| a == b || a == Some(AgeBand::All) || b == Some(AgeBand::All);
    let among = of.groups.iter().filter(|other| sexes(other.sex, row.sex) && ages(other.age, row.age));
    among.filter_map(|other| other.people).map(u64::from).sum()
}

fn words(row: &ReachedGroup) -> String {
    let (sex, age) = (row.sex.map_or("", Sex::label), row.age.map_or("", AgeBand::label));
    format!("of sex “{sex}” and age “{age}”")
}

fn refuse_more(again: u64, most: u64, whom: &str, reference: &str) -> Result<(), Illegal> {
    if again <= most {
        return Ok(());
    }
    Err(Illegal::Contradiction(format!(
        "{again} people {whom} were counted before, but {reference} has {most}. Mend “Of them counted before”, or the earlier record"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(from: &str, groups: &[(Sex, AgeBand, u32, u32)]) -> Reach {
        let row = |(sex, age, people, again): &(Sex, AgeBand, u32, u32)| ReachedGroup {
            group: String::new(),
            sex: Some(*sex),
            age: Some(*age),
            people: Some(*people),
            again: Some(*again),
        };
        Reach { from: from.parse().ok(), groups: groups.iter().map(row).collect(), ..Reach::default() }
    }

    #[test]
    fn no_more_people_are_counted_again_than_the_earlier_record_has_of_their_sex_and_age() {
        use AgeBand::{All, School, UnderFive};
        use Sex::{All as Both, Female, Male};
        let earlier =
            reach("2026-01-01", &[(Female, UnderFive, 40, 0), (Male, UnderFive, 30, 0), (Both, School, 20, 0)]);
        for (groups, part) in [
            (vec![(Female, UnderFive, 50, 40)], None),
            (vec![(Female, UnderFive, 50, 41)], Some("41 people of sex “Female” and age “0-4”")),
            (vec![(Male, School, 20, 20)], None),
            (vec![(Female, All, 100, 61)], Some("61 people of sex “Female”")),
            (vec![(Both, UnderFive, 100, 70)], None),
            (vec![(Both, All, 100, 90)], None),
            (vec![(Both, All, 100, 91)], Some("91 people of sex “All”")),
            (
                vec![(Female, UnderFive, 40, 40), (Both, All, 60, 60)],
                Some("100 people in all were counted before, but RCH-1 has 90"),
            ),
        ] {
            let facts = ReachFacts {
                reach: reach("2026-02-01", &groups),
                earlier: Some(("RCH-1".to_owned(), earlier.clone())),
            };
            let said = facts.check().err().map(|illegal| illegal.to_string()).unwrap_or_default();
            assert_eq!(said.is_empty(), part.is_none(), "{said}");
            assert!(said.contains(part.unwrap_or_default()), "{said}");
        }
        let before = ReachFacts {
            reach: reach("2025-12-01", &[(Female, UnderFive, 5, 1)]),
            earlier: Some(("RCH-1".to_owned(), earlier)),
        };
        assert!(before.check().unwrap_err().to_string().contains("Let the later record name the earlier one"));
    }
}
