//! Incidents: what went wrong, what it cost in days and money, and what was decided.

use super::follow_up::{self, FollowUp};
use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// What went wrong.
    pub enum IncidentKind {
        Hold = "hold", "Held";
        PartialRelease = "partial_release", "Released in part";
        BankRefusal = "bank_refusal", "A bank refused";
        SupplierRefusal = "supplier_refusal", "A supplier refused";
        CarrierRefusal = "carrier_refusal", "A carrier refused";
        Loss = "loss", "Loss";
        Diversion = "diversion", "Diversion";
        OverUse = "over_use", "More was used than permitted";
        Damage = "damage", "Damage";
        Security = "security", "Security";
        Other = "other", "Other";
    }
}

record! {
    /// Goods that an incident touched.
    IncidentLine {
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).help("Of the shipment");
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]);
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity);
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit);
        remark: String, "Remark" = Field::text();
    }
}

record! {
    /// Something that went wrong.
    Incident {
        reference: String, "Reference" = Field::text();
        kind: Option<IncidentKind>, "Kind" = Field::choice(IncidentKind::WORDS).required();
        summary: String, "In a line" = Field::text().help("For example nail clippers stopped at customs");
        began_on: Option<chrono::NaiveDate>, "Began on" = Field::day().required();
        ended_on: Option<chrono::NaiveDate>, "Ended on" = Field::day();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).section("What it touched");
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]);
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]);
        party: Option<Id>, "Party" = Field::link(&[RecordKind::Party]).help("The bank, carrier, supplier or office");
        lines: Vec<IncidentLine>, "Goods" = Field::list(&ListOf { singular: "line", fields: IncidentLine::FIELDS });
        cost: Option<Money>, "Cost" = Field::of(FieldKind::Money).help("What it cost us, for example USD 640");
        happened: String, "What happened" = Field::long_text().section("What happened and was decided");
        decided: String, "What was decided" = Field::long_text();
        decided_by: String, "By whom" = Field::text();
        follow_ups: Vec<FollowUp>, "Follow-ups" = Field::list(&FollowUp::LIST).section("What has to follow");
        note: String, "Note" = Field::long_text();
    }
}

impl Incident {
    /// How many days it has lasted on a day, the first and the last not both counted; `None` before it began.
    #[must_use]
    pub fn days(&self, on: chrono::NaiveDate) -> Option<i64> {
        let began = self.began_on.filter(|began| *began <= on)?;
        let last = self.ended_on.map_or(on, |ended| ended.min(on));
        Some((last - began).num_days())
    }
}

impl Record for Incident {
    fn title(&self) -> String {
        let kind = self.kind.map_or("Incident", IncidentKind::label);
        if self.summary.is_empty() { kind.to_owned() } else { format!("{kind}: {}", self.summary) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.began_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.began_on, self.ended_on, ("ended_on", "Ended on"), &mut problems);
        follow_up::check(&self.follow_ups, self.began_on, &mut problems);
        problems
    }

    fn project(&self) -> Option<Id> {
        self.project
    }

    fn deadlines(&self) -> Vec<Deadline> {
        follow_up::deadlines(&self.follow_ups, self.began_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_days_are_counted_as_of_a_day_and_stop_when_it_ended() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let ended_on = Some(day("2026-03-20"));
        let incident = Incident { began_on: Some(day("2026-03-01")), ended_on, ..Incident::default() };
        for (on, days) in [
            ("2026-02-28", None),
            ("2026-03-01", Some(0)),
            ("2026-03-11", Some(10)),
            ("2026-03-20", Some(19)),
            ("2026-11-24", Some(19)),
        ] {
            assert_eq!(incident.days(day(on)), days, "{on}");
        }
        let wrong = Incident { ended_on: Some(day("2026-02-01")), ..incident };
        assert_eq!(wrong.check()[0].path, "ended_on");
    }
}
