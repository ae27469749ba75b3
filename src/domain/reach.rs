//! People reached, each counted once: the fold of records of reach.
//!
//! A person is counted once in a programme however many donors pay: the people of all records less those whom a record
//! counts again of an earlier one, where the earlier one is among them. By fund it is the same over the records that name
//! the fund. Where a record between two others is left out, people of the two may be counted twice: [`gaps`] says of which.

use std::collections::{BTreeMap, BTreeSet};

use super::id::Id;
use super::record::{AgeBand, Basis, Reach, Sex};

/// What one row of a record adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The record.
    pub id: Id,
    /// The group as written.
    pub group: String,
    /// Whom it counts.
    pub sex: Sex,
    /// Of which age.
    pub age: AgeBand,
    /// Whether they were counted or estimated.
    pub basis: Basis,
    /// How many people nobody counted before.
    pub people: u64,
}

/// What the rows of some records add up to, row by row; each person once.
#[must_use]
pub fn once(records: &BTreeMap<Id, Reach>) -> Vec<Added> {
    let mut rows = Vec::new();
    for (id, reach) in records {
        let repeats = reach.repeats.is_some_and(|earlier| records.contains_key(&earlier));
        let basis = reach.basis.unwrap_or(Basis::Estimated);
        rows.extend(reach.groups.iter().map(|row| {
            let again = if repeats { row.again.unwrap_or_default() } else { 0 };
            Added {
                id: *id,
                group: row.group.clone(),
                sex: row.sex.unwrap_or(Sex::All),
                age: row.age.unwrap_or(AgeBand::All),
                basis,
                people: u64::from(row.people.unwrap_or_default().saturating_sub(again)),
            }
        }));
    }
    rows
}

/// The people of some records, each person once.
#[must_use]
pub fn people(records: &BTreeMap<Id, Reach>) -> u64 {
    once(records).iter().map(|row| row.people).sum()
}

/// The records that lead to another one, or to one that another leads to as well, only through records that are not counted:
/// some people of the two may be the same, and nothing says how many. Without any the count is exact.
#[must_use]
pub fn gaps(records: &BTreeMap<Id, Reach>, earlier: &BTreeMap<Id, Id>) -> BTreeSet<Id> {
    let mut ways: BTreeMap<Id, (BTreeSet<Id>, bool)> = BTreeMap::new();
    let mut walked: BTreeMap<Id, usize> = BTreeMap::new();
    for id in records.keys() {
        let (mut outside, mut at) = (BTreeSet::new(), earlier.get(id).copied());
        while let Some(next) = at.filter(|next| !records.contains_key(next)) {
            if !outside.insert(next) {
                break;
            }
            at = earlier.get(&next).copied();
        }
        for passed in &outside {
            *walked.entry(*passed).or_default() += 1;
        }
        let comes_back = !outside.is_empty() && at.is_some_and(|last| records.contains_key(&last));
        ways.insert(*id, (outside, comes_back));
    }
    let shared =
        |outside: &BTreeSet<Id>| outside.iter().any(|passed| walked.get(passed).is_some_and(|times| *times > 1));
    ways.into_iter().filter(|(_, (outside, back))| *back || shared(outside)).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::ReachedGroup;
    use crate::domain::status::reach::ReachFacts;
    use proptest::prelude::*;

    /// The people of an activity: new ones and some of an earlier activity, each with a sex and an age of their own.
    #[derive(Debug, Clone)]
    struct Activity {
        earlier: Option<usize>,
        people: BTreeSet<u32>,
        fund: i64,
    }

    /// Somebody's sex and age follow from the number.
    fn cell(person: u32) -> (Sex, AgeBand) {
        let ages = [AgeBand::UnderFive, AgeBand::School, AgeBand::Adult, AgeBand::Older, AgeBand::Old];
        let sex = if person.is_multiple_of(2) { Sex::Female } else { Sex::Male };
        (sex, ages[usize::try_from(person).unwrap_or(0) / 2 % ages.len()])
    }

    fn reach(activity: &Activity, before: &BTreeSet<u32>) -> Reach {
        let mut rows: BTreeMap<(Sex, AgeBand), (u32, u32)> = BTreeMap::new();
        for person in &activity.people {
            let row = rows.entry(cell(*person)).or_default();
            row.0 += 1;
            row.1 += u32::from(before.contains(person));
        }
        let row = |((sex, age), (people, again)): ((Sex, AgeBand), (u32, u32))| ReachedGroup {
            group: String::new(),
            sex: Some(sex),
            age: Some(age),
            people: Some(people),
            again: Some(again),
        };
        let repeats = activity.earlier.and_then(|at| i64::try_from(at).ok()).map(Id);
        let groups = rows.into_iter().map(row).collect();
        Reach { repeats, groups, funds: vec![Id(activity.fund)], ..Reach::default() }
    }

    /// Activities in the order of time. Each takes some people of one earlier activity and adds people never seen.
    fn activities() -> impl Strategy<Value = Vec<Activity>> {
        let one = (
            any::<prop::sample::Index>(),
            prop::collection::vec(any::<bool>(), 30),
            0_u32..30,
            0_i64..3,
            any::<bool>(),
        );
        prop::collection::vec(one, 1..8).prop_map(|drawn| {
            let mut all: Vec<Activity> = Vec::new();
            let mut next = 0;
            for (which, keep, new, fund, linked) in drawn {
                let earlier = (linked && !all.is_empty()).then(|| which.index(all.len()));
                let known = earlier.map(|at| all[at].people.clone()).unwrap_or_default();
                let again = known.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(person, _)| person);
                let people = again.chain(next..next + new).collect();
                next += new;
                all.push(Activity { earlier, people, fund });
            }
            all
        })
    }

    fn records(activities: &[Activity]) -> BTreeMap<Id, Reach> {
        let none = BTreeSet::new();
        let record = |(at, activity): (usize, &Activity)| {
            let before = activity.earlier.map_or(&none, |earlier| &activities[earlier].people);
            (Id(i64::try_from(at).unwrap_or(0)), reach(activity, before))
        };
        activities.iter().enumerate().map(record).collect()
    }

    fn union(activities: &[Activity], of: &BTreeMap<Id, Reach>) -> u64 {
        let chosen =
            activities.iter().enumerate().filter(|(at, _)| of.contains_key(&Id(i64::try_from(*at).unwrap_or(0))));
        let people: BTreeSet<u32> = chosen.flat_map(|(_, activity)| activity.people.iter().copied()).collect();
        u64::try_from(people.len()).unwrap_or(0)
    }

    proptest! {
        #[test]
        fn each_person_is_counted_once_in_the_programme_and_by_fund(activities in activities()) {
            let all = records(&activities);
            let earlier: BTreeMap<Id, Id> = all.iter().filter_map(|(id, reach)| Some((*id, reach.repeats?))).collect();
            prop_assert_eq!(people(&all), union(&activities, &all));
            prop_assert!(gaps(&all, &earlier).is_empty());
            for (sex, age) in (0..10).map(cell) {
                let counted: u64 = once(&all).iter().filter(|row| (row.sex, row.age) == (sex, age)).map(|row| row.people).sum();
                let who: BTreeSet<u32> = activities.iter().flat_map(|activity| activity.people.iter().copied()).collect();
                let among = who.into_iter().filter(|person| cell(*person) == (sex, age)).count();
                prop_assert_eq!(counted, u64::try_from(among).unwrap_or(0));
            }
            for fund in 0..3 {
                let of_fund: BTreeMap<Id, Reach> =
                    all.iter().filter(|(_, reach)| reach.funds == [Id(fund)]).map(|(id, reach)| (*id, reach.clone())).collect();
                let (counted, real) = (people(&of_fund), union(&activities, &of_fund));
                prop_assert!(counted >= real, "never fewer than there are");
                if gaps(&of_fund, &earlier).is_empty() {
                    prop_assert_eq!(counted, real);
                }
            }
            for reach in all.values() {
                let earlier = reach.repeats.map(|id| ("RCH".to_owned(), all[&id].clone()));
                prop_assert_eq!(ReachFacts { reach: reach.clone(), earlier }.check(), Ok(()));
            }
        }
    }

    #[test]
    fn one_left_out_in_the_middle_is_told() {
        let row = |people, again| ReachedGroup { people: Some(people), again: Some(again), ..ReachedGroup::default() };
        let record = |people, again, repeats: Option<i64>| Reach {
            groups: vec![row(people, again)],
            repeats: repeats.map(Id),
            ..Reach::default()
        };
        let all: BTreeMap<Id, Reach> =
            [(Id(1), record(10, 0, None)), (Id(2), record(10, 6, Some(1))), (Id(3), record(10, 5, Some(2)))].into();
        let earlier = [(Id(2), Id(1)), (Id(3), Id(2))].into();
        assert_eq!((people(&all), gaps(&all, &earlier)), (19, BTreeSet::new()));
        let ends: BTreeMap<Id, Reach> =
            all.iter().filter(|(id, _)| **id != Id(2)).map(|(id, reach)| (*id, reach.clone())).collect();
        assert_eq!((people(&ends), gaps(&ends, &earlier)), (20, [Id(3)].into()));
    }
}
