//! The coverage ledger: every open line against eight instruments, one large shipment, and what one edit makes necessary.
//!
//! The ledger is made in memory, so that the judging is measured and not the reading. Of the eight cells of a line, three
//! are booked, two rest on reliances, one on a letter as a whole, one is not needed and one is missing. The peer is the
//! bare engine adding up the same bookings by grant line and holding the lines against the sums.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use corridor::domain::coverage::ledger::{
    Consignment, InstrumentFacts, Ledger, LineFacts, MatterFacts, Permit, Profile,
};
use corridor::domain::coverage::{Booked, Judge, UseDay, UseDays};
use corridor::domain::date::FuzzyDate;
use corridor::domain::id::Id;
use corridor::domain::quantity::{Limit, Quantity};
use corridor::domain::record::{
    ActKind, GrantLine, Instrument, Item, Matter, Measure, MeasureLimit, Permission, RecordKind, Reliance, Rule,
    RuleAnswer, RuleNeed, UsePoint, Way,
};
use corridor::domain::rules::{Actor, RuleBook, RuleRow};
use corridor::domain::status::permission::PermissionFacts;
use corridor::services::{Access, Answer, Query, Workspace, Write};
use rusqlite::Connection;
use serde_json::json;

use super::{Visit, ids};
use crate::report::Bound;
use crate::{generate, measure};

const INSTRUMENTS: i64 = 8;
const GRANT_LINES: i64 = 5_000;
const LINES_EACH: usize = 20;
/// Grant lines of one letter.
const LETTER: i64 = 20;
const ITEMS: i64 = 200;
/// Instruments whose cells are booked, rest on a reliance, rest on a letter as a whole.
const BOOKED: std::ops::Range<i64> = 0..3;
const RELIED: std::ops::Range<i64> = 3..5;
const WHOLE: i64 = 5;
const NOT_NEEDED: i64 = 6;

pub fn visit(visit: &mut Visit<'_>) {
    let (lines, day) = (visit.lines, generate::today());
    let mut ledger = ledger(lines, LINES_EACH, day);
    let peer = bare(&ledger);
    let pair = measure::pair(
        || assert_eq!(all(&ledger, day), lines, "every line is judged"),
        || assert_eq!(peer_sums(&peer), lines, "every line is held against its sum"),
    );
    let bound = if lines == 100_000 { Bound::Millis(150.0) } else { Bound::None };
    visit.report.beside(
        "Coverage of all open lines, 5,000 grant lines, 8 instruments",
        bound,
        lines,
        (pair.ours, pair.peer),
    );
    of_workspace(visit);
    let touched = one_edit(&mut ledger, day);
    visit.report.alone("Coverage again after one booking, only what it touches", Bound::Millis(1.0), lines, touched);
    if lines == 100_000 {
        let large = self::ledger(500, 500, day);
        let one = measure::median(|| assert_eq!(all(&large, day), 500));
        visit.report.alone("Coverage of one shipment of 500 lines", Bound::Millis(2.0), 500, one);
    }
}

/// The list of all that is open in a real workspace: first with everything read, then after an edit of one shipment, which
/// is read from the journal and judged again.
fn of_workspace(visit: &mut Visit<'_>) {
    let copy = visit.folder.join("coverage.corridor");
    generate::remove(&copy);
    std::fs::copy(&visit.made.path, &copy).expect("copy");
    let mut workspace = Workspace::open(&copy, Access::Write, generate::context()).expect("open");
    let ask = |workspace: &Workspace| {
        let query = Query::CoverageList { as_of: generate::today(), as_known: None };
        drop(workspace.answer(&query).expect("coverage"));
    };
    let first = measure::timed(&mut || ask(&workspace));
    visit.report.alone("Coverage page opened: every fact read and judged", Bound::None, visit.lines, first);
    let shipments = ids(&workspace, &super::all(RecordKind::Shipment));
    let id = shipments[shipments.len() / 2];
    let mut again: Vec<f64> = Vec::new();
    for turn in 0..20 {
        let Answer::Draft(Some(mut record)) = workspace.answer(&Query::Draft { id }).expect("draft") else {
            panic!("no draft")
        };
        record.draft.insert("note".to_owned(), json!(format!("Seen {turn} times")));
        workspace.write(Write::Edit { id, version: record.version, draft: record.draft }).expect("edit");
        again.push(measure::timed(&mut || ask(&workspace)));
    }
    let after = measure::at(&mut again, 0.5);
    visit.report.alone("Coverage page after an edit of a shipment, list and all", Bound::None, visit.lines, after);
    drop(workspace);
    generate::remove(&copy);
}

/// How many lines were judged.
fn all(ledger: &Ledger, day: NaiveDate) -> usize {
    let judge = Judge::new(ledger, day);
    let open = ledger.shipments.iter().filter(|(_, consignment)| judge.is_open(consignment));
    open.map(|(id, _)| judge.shipment(*id).iter().filter(|row| row.cells.len() == 8).count()).sum()
}

/// A booking is put into a letter, and the shipments that take of the letter are judged again.
fn one_edit(ledger: &mut Ledger, day: NaiveDate) -> f64 {
    let id = *ledger.permits.keys().min().expect("a letter");
    measure::median(|| {
        let permit = ledger.permits[&id].clone();
        let before = ledger.holders_of(id);
        ledger.put_permit(id, permit);
        let holders: BTreeSet<Id> = before.into_iter().chain(ledger.holders_of(id)).collect();
        let judge = Judge::new(ledger, day);
        let judged: usize = holders.iter().map(|holder| judge.shipment(*holder).len()).sum();
        assert_eq!(judged, holders.len() * LINES_EACH);
    })
}

fn instrument(at: i64) -> InstrumentFacts {
    let points = [UsePoint::Entry, UsePoint::Export, UsePoint::Transit, UsePoint::Activity];
    let use_point = usize::try_from(at).ok().and_then(|at| points.get(at % points.len()).copied());
    let instrument = Instrument { reference: format!("i{at}"), use_point, ..Instrument::default() };
    InstrumentFacts { id: Id(10 + at), instrument, authority: format!("A{at}") }
}

fn rule(at: i64) -> RuleRow {
    let answer = if at == NOT_NEEDED { RuleAnswer::NotNeeded } else { RuleAnswer::Needed };
    let rule = Rule {
        reference: format!("R{at}"),
        act: Some(ActKind::Ship),
        from: NaiveDate::from_ymd_opt(2018, 1, 1),
        needs: vec![RuleNeed { answer: Some(answer), ..RuleNeed::default() }],
        ..Rule::default()
    };
    RuleRow { rule, instruments: vec![format!("i{at}")], own: true, overrides: false }
}

fn ledger(lines: usize, lines_each: usize, day: NaiveDate) -> Ledger {
    let instruments = (0..INSTRUMENTS).map(instrument).collect();
    let rules = RuleBook::of((0..INSTRUMENTS).map(rule).collect());
    let mut ledger = Ledger::of(instruments, rules, Actor::default());
    for item in 0..ITEMS {
        let facts = Item { hs_code: Some("841350".into()), eccn: "EAR99".into(), ..Item::default() };
        ledger.items.insert(Id(100 + item), facts);
    }
    for at in 0..INSTRUMENTS {
        let matter = Matter { instrument: Some(Id(10 + at)), ..Matter::default() };
        ledger.matters.insert(Id(1_000 + at), MatterFacts { matter, ..MatterFacts::default() });
    }
    let consignments = lines / lines_each;
    let shipments: Vec<Id> = (0..consignments).map(|at| Id(1_000_000 + i64::try_from(at).expect("small"))).collect();
    for at in RELIED {
        let project = vec![Id(1)];
        let relied_on = NaiveDate::from_ymd_opt(2024, 2, 16);
        let reliance = Reliance { instrument: Some(Id(10 + at)), projects: project, relied_on, ..Reliance::default() };
        ledger.reliances.insert(Id(2_000 + at), reliance);
    }
    let profile = ledger.profile(Profile { direction: Some(Way::In), ..Profile::default() });
    let planned = |days: u64| Some(UseDay { on: day + chrono::Days::new(days), happened: false });
    let days = UseDays {
        export: planned(10),
        transit: planned(15),
        entry: planned(20),
        activity: planned(25),
        cancelled: None,
    };
    for id in &shipments {
        let line = |number: usize| LineFacts {
            number: u32::try_from(number + 1).expect("small"),
            item: Some(Id(100 + i64::try_from(number).expect("small") % ITEMS)),
            quantity: Some(1_000),
            ..LineFacts::default()
        };
        let consignment = Consignment {
            project: Some(Id(1)),
            matters: vec![Id(1_000 + WHOLE)],
            days,
            known_on: Some(day),
            profile,
            lines: (0..lines_each).map(line).collect(),
            ..Consignment::default()
        };
        ledger.shipments.insert(*id, consignment);
    }
    letters(&mut ledger, &shipments, lines_each, (day, days.entry));
    ledger
}

/// The letters: each booked instrument has its share of the grant lines, and every shipment line is booked on one of them.
fn letters(ledger: &mut Ledger, shipments: &[Id], lines_each: usize, (day, used): (NaiveDate, Option<UseDay>)) {
    let given = Some(FuzzyDate::day(day - chrono::Days::new(30)));
    let limit = Limit::parse("100000000").ok();
    let per_instrument = GRANT_LINES / (BOOKED.end - BOOKED.start) / LETTER;
    let mut id = 0;
    for instrument in BOOKED {
        let mut bookings: Vec<Vec<Booked>> = vec![Vec::new(); usize::try_from(per_instrument).expect("small")];
        for (at, holder) in shipments.iter().enumerate() {
            for number in 1..=lines_each {
                id += 1;
                let letters = bookings.len();
                let letter = &mut bookings[at % letters];
                letter.push(booked(id, *holder, number, (day, used)));
            }
        }
        for (at, bookings) in bookings.into_iter().enumerate() {
            let grants = (1..=LETTER).map(|number| GrantLine {
                number: u32::try_from(number).ok(),
                limits: vec![MeasureLimit { measure: Some(Measure::Quantity), limit, ..MeasureLimit::default() }],
                ..GrantLine::default()
            });
            let permission = Permission { given_on: given, grants: grants.collect(), ..Permission::default() };
            let facts = PermissionFacts { permission, bookings, ..PermissionFacts::default() };
            let permit = Permit {
                facts,
                matter: Some(Id(1_000 + instrument)),
                instrument: Some(Id(10 + instrument)),
                request: None,
            };
            ledger.put_permit(Id(3_000_000 + instrument * 10_000 + i64::try_from(at).expect("small")), permit);
        }
    }
    let whole = PermissionFacts {
        permission: Permission { given_on: given, ..Permission::default() },
        ..PermissionFacts::default()
    };
    let permit =
        Permit { facts: whole, matter: Some(Id(1_000 + WHOLE)), instrument: Some(Id(10 + WHOLE)), request: None };
    ledger.put_permit(Id(4_000_000), permit);
}

fn booked(id: i64, holder: Id, number: usize, (day, used): (NaiveDate, Option<UseDay>)) -> Booked {
    let line = u32::try_from(number).ok();
    Booked {
        id: Id(5_000_000 + id),
        reference: String::new(),
        grant_line: line.map(|line| (line - 1) % u32::try_from(LETTER).expect("small") + 1),
        holder,
        line,
        person: None,
        quantity: Quantity::parse("1").expect("one").thousandths(),
        value: None,
        entries: 0,
        booked_on: day,
        used,
        released_on: None,
        returned: None,
        may_exceed: false,
        odd: None,
        holds: None,
    }
}

/// The same bookings and lines in a bare engine.
fn bare(ledger: &Ledger) -> Connection {
    let db = Connection::open_in_memory().expect("memory");
    db.execute_batch(
        "create table grant_line (permission integer, line integer, allowed integer, primary key (permission, line)) without rowid;
         create table booking (permission integer, grant_line integer, shipment integer, line integer, quantity integer);
         create table shipment_line (shipment integer, line integer, quantity integer, primary key (shipment, line)) without rowid;
         begin;",
    )
    .expect("tables");
    for (id, permit) in &ledger.permits {
        for grant in &permit.facts.permission.grants {
            db.prepare_cached("insert into grant_line values (?1, ?2, 100000000000)")
                .and_then(|mut put| put.execute((id.0, grant.number)))
                .expect("grant line");
        }
        for one in &permit.facts.bookings {
            db.prepare_cached("insert into booking values (?1, ?2, ?3, ?4, ?5)")
                .and_then(|mut put| put.execute((id.0, one.grant_line, one.holder.0, one.line, one.quantity)))
                .expect("booking");
        }
    }
    for (id, consignment) in &ledger.shipments {
        for line in &consignment.lines {
            db.prepare_cached("insert into shipment_line values (?1, ?2, ?3)")
                .and_then(|mut put| put.execute((id.0, line.number, line.quantity)))
                .expect("line");
        }
    }
    db.execute_batch("commit; create index booking_of on booking (shipment, line);").expect("index");
    db
}

/// Lines whose bookings fit into what is left: three instruments of the eight, no windows, no rules.
fn peer_sums(db: &Connection) -> usize {
    let sql = "with left_over as (
            select g.permission, g.line, g.allowed - coalesce(sum(b.quantity), 0) as amount
            from grant_line g left join booking b on b.permission = g.permission and b.grant_line = g.line
            group by g.permission, g.line
        )
        select count(*) from (
            select l.shipment, l.line, sum(b.quantity), min(o.amount)
            from shipment_line l
            join booking b on b.shipment = l.shipment and b.line = l.line
            join left_over o on o.permission = b.permission and o.line = b.grant_line
            group by l.shipment, l.line
            having min(o.amount) >= 0
        )";
    let count: i64 = db.prepare_cached(sql).and_then(|mut ask| ask.query_row([], |row| row.get(0))).expect("sums");
    usize::try_from(count).expect("a count")
}
