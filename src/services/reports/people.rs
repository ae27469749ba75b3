//! People reached: by sex and age, each once in the report and once in the programme, and against the people targeted.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::Scope;
use super::{Part, number, text};
use crate::domain::document::{Cell, Table};
use crate::domain::id::Id;
use crate::domain::reach as counted;
use crate::domain::record::{AgeBand, Basis, Sex};
use crate::domain::text::fold;
use crate::services::Failure;
use crate::services::queries::{PeopleOf, ReachQuery, ReachTable, reach};
use crate::store::record;

/// The columns of a row of people: by sex, and of them estimated.
const COLUMNS: [&str; 5] = ["female", "male", "not_told", "together", ESTIMATED];
const ESTIMATED: &str = "estimated";
/// Whom each of them counts.
const SEXES: [Option<Sex>; 5] = [Some(Sex::Female), Some(Sex::Male), Some(Sex::All), None, None];

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let query = scope.reach();
    let found = reach::table(scope.db, &query)?;
    let mut part = Part::default();
    part.table(by_age(scope, &found)?);
    let ages: Vec<AgeBand> = ages(&found).into_iter().collect();
    for row in (0..ages.len()).map(Some).chain([None].into_iter().filter(|_| !ages.is_empty())) {
        let age = row.and_then(|row| ages.get(row).copied());
        for (column, sex) in COLUMNS.into_iter().zip(SEXES) {
            let of = PeopleOf { sex, age, estimated: column == ESTIMATED, ..PeopleOf::of(&query) };
            part.behind("people", row, column, scope.people(of));
        }
    }
    once_each(scope, &query, found.people, &mut part)?;
    targets(scope, &mut part)?;
    Ok(part)
}

fn ages(found: &ReachTable) -> BTreeSet<AgeBand> {
    found.rows.iter().map(|row| row.age).collect()
}

fn count(people: u64) -> Cell {
    Cell::Count(i64::try_from(people).unwrap_or(i64::MAX))
}

/// The people of some rows by sex, together, and of them estimated.
fn by_sex(found: &ReachTable, age: Option<AgeBand>) -> Vec<Cell> {
    let sum = |sex: Option<Sex>, basis: Option<Basis>| {
        let counts = found.rows.iter().filter(|row| {
            age.is_none_or(|age| row.age == age)
                && sex.is_none_or(|sex| row.sex == sex)
                && basis.is_none_or(|basis| row.basis == basis)
        });
        count(counts.map(|row| row.people).sum())
    };
    let mut cells: Vec<Cell> = [Sex::Female, Sex::Male, Sex::All].map(|sex| sum(Some(sex), None)).into();
    cells.extend([sum(None, None), sum(None, Some(Basis::Estimated))]);
    cells
}

fn by_age(scope: &Scope<'_>, found: &ReachTable) -> Result<Table, Failure> {
    let row = |age: AgeBand| {
        let mut row = vec![Cell::text(age.label())];
        row.extend(by_sex(found, Some(age)));
        row
    };
    let mut totals = vec![Cell::text("In all")];
    totals.extend(by_sex(found, None));
    let mut notes = vec![
        scope.period_note(),
        "People of activities that went on in the period and that this grant pays for, alone or with others. Each person is counted once, whoever else pays."
            .to_owned(),
    ];
    if !found.unsure.is_empty() {
        let mut names = Vec::new();
        for id in &found.unsure {
            names.extend(record::head(scope.db, *id)?.map(|head| head.reference));
        }
        notes.push(format!(
            "Some people may be counted twice: the activity between {} and others is not among these.",
            names.join(", ")
        ));
    }
    let rows: Vec<Vec<Cell>> = ages(found).into_iter().map(row).collect();
    Ok(Table {
        key: "people".to_owned(),
        title: "People reached by sex and age".to_owned(),
        notes,
        columns: vec![
            text("Age", "age", "#beneficiary+age"),
            number("Female", COLUMNS[0], "#reached+f"),
            number("Male", COLUMNS[1], "#reached+m"),
            number("Sex not told", COLUMNS[2], "#reached+unknown"),
            number("Together", COLUMNS[3], "#reached+total"),
            number("Of them estimated", COLUMNS[4], "#reached+estimated"),
        ],
        totals: if rows.is_empty() { Vec::new() } else { totals },
        rows,
        empty: "Nobody was counted in the period.".to_owned(),
    })
}

/// The same people in the report and in the programme, where donors share it.
fn once_each(scope: &Scope<'_>, query: &ReachQuery, own: u64, part: &mut Part) -> Result<(), Failure> {
    let mut rows = vec![vec![Cell::text("Activities that this grant pays for"), count(own)]];
    let mut queries = vec![query.clone()];
    for project in &scope.projects {
        let whole = ReachQuery { fund: None, project: Some(project.id), ..query.clone() };
        let people = reach::table(scope.db, &whole)?.people;
        rows.push(vec![Cell::text(format!("{}, whoever pays", project.project.title)), count(people)]);
        queries.push(whole);
    }
    if let [_, one] = rows.as_slice()
        && one[1] == count(own)
        && own == 0
    {
        return Ok(());
    }
    part.table(Table {
        key: "people_once".to_owned(),
        title: "Each person once".to_owned(),
        notes: vec![
            scope.period_note(),
            "People whom two grants reach together stand in the reports of both, and once in the programme. The rows are not to be added up."
                .to_owned(),
        ],
        columns: vec![
            text("Counted in", "counted_in", "#activity+project+name"),
            number("People", "people", "#reached"),
        ],
        rows,
        ..Table::default()
    });
    for (at, query) in queries.into_iter().enumerate() {
        part.behind("people_once", Some(at), "people", scope.people(PeopleOf::of(&query)));
    }
    Ok(())
}

/// People targeted against those reached since the beginning, group by group; nothing where no project names a target.
fn targets(scope: &Scope<'_>, part: &mut Part) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for project in &scope.projects {
        let to_date = ReachQuery { fund: None, project: Some(project.id), from: None, ..scope.reach() };
        let (records, _) = reach::chosen(scope.db, &to_date)?;
        let added: BTreeMap<(String, Sex), u64> =
            counted::once(&records).into_iter().fold(BTreeMap::new(), |mut sums, row| {
                *sums.entry((fold(&row.group), row.sex)).or_default() += row.people;
                sums
            });
        for target in &project.project.targets {
            let (group, wanted) = (fold(&target.group), target.sex.unwrap_or(Sex::All));
            let counts =
                added.iter().filter(|((name, sex), _)| *name == group && (wanted == Sex::All || wanted == *sex));
            let reached: u64 = counts.map(|(_, people)| people).sum();
            part.behind("targets", Some(rows.len()), "targeted", scope.one(project.id));
            let sex = Some(wanted).filter(|sex| *sex != Sex::All);
            let of = PeopleOf { group: Some(target.group.clone()), sex, ..PeopleOf::of(&to_date) };
            part.behind("targets", Some(rows.len()), "reached", scope.people(of));
            rows.push(vec![
                Cell::text(&target.group),
                Cell::text(wanted.label()),
                Cell::text(&project.project.title),
                count(u64::from(target.people.unwrap_or_default())),
                count(reached),
            ]);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    part.table(Table {
        key: "targets".to_owned(),
        title: "People targeted and reached".to_owned(),
        notes: vec![
            format!("From the beginning of the project to {}.", scope.last()),
            "Targets and people of the whole project, whoever pays. Each person is counted once.".to_owned(),
        ],
        columns: vec![
            text("Group", "group", "#beneficiary+name"),
            text("Sex", "sex", "#beneficiary+sex"),
            text("Project", "project", "#activity+project+name"),
            number("Targeted", "targeted", "#targeted"),
            number("Reached to date", "reached", "#reached"),
        ],
        rows,
        ..Table::default()
    });
    Ok(())
}

/// The people reached at each place that activities of the report name.
pub(super) fn at(scope: &Scope<'_>, site: Id) -> ReachQuery {
    ReachQuery { site: Some(site), ..scope.reach() }
}
