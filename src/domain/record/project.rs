//! Projects: what we mean to deliver, where and for whom.

use super::funding::{FundShare, check_shares};
use super::{Line, LineRole, Record, RecordKind, check_numbers, check_order};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::shares;
use crate::domain::word::words;

words! {
    /// Whom a target counts.
    pub enum Sex {
        Female = "female", "Female";
        Male = "male", "Male";
        All = "all", "All";
    }
}

record! {
    /// What a project means to deliver. One list feeds every request and shipment, and is the "planned" of every report.
    PlanLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).required();
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        to_site: Option<Id>, "Site" = Field::link(&[RecordKind::Site]);
        site: String, "Site, in words" = Field::text();
        due_on: Option<chrono::NaiveDate>, "Needed by" = Field::day();
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]);
    }
}

record! {
    /// People a project means to reach.
    TargetGroup {
        group: String, "Group" = Field::text().required().help("For example children under five");
        sex: Option<Sex>, "Sex" = Field::choice(Sex::WORDS);
        people: Option<u32>, "People" = Field::of(FieldKind::Count).required();
    }
}

record! {
    /// A piece of work with its plan, its people and its dates.
    Project {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text().required();
        summary: String, "Summary" = Field::long_text();
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category]);
        starts_on: Option<chrono::NaiveDate>, "Starts on" = Field::day();
        ends_on: Option<chrono::NaiveDate>, "Ends on" = Field::day();
        sites: String, "Sites" = Field::text().help("Counties, hospitals; separate with ;");
        partner: Option<Id>, "Local counterpart" = Field::link(&[RecordKind::Party]);
        funds: Vec<Id>, "Funds" = Field::links(&[RecordKind::Fund]);
        plan: Vec<PlanLine>, "Plan" = Field::list(&ListOf { singular: "line", fields: PlanLine::FIELDS })
            .section("What we mean to deliver");
        shares: Vec<FundShare>, "Who pays" = Field::list(&ListOf { singular: "share", fields: FundShare::FIELDS });
        targets: Vec<TargetGroup>, "People targeted" = Field::list(&ListOf {
            singular: "group",
            fields: TargetGroup::FIELDS,
        }).section("Whom we mean to reach");
    }
}

impl Record for Project {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.starts_on, self.ends_on, ("ends_on", "Ends on"), &mut problems);
        check_numbers("plan", self.plan.iter().map(|line| line.number), &mut problems);
        let lines = self.plan.iter().filter_map(|line| Some((line.number?, line.fund.is_some())));
        check_shares(&self.shares, &lines.collect::<Vec<_>>(), &mut problems);
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &PlanLine| {
            let number = line.number.unwrap_or_default();
            Line {
                unit: line.unit.clone(),
                on: line.due_on.or(self.ends_on),
                site: line.to_site,
                fund: line.fund,
                shares: shares::of_line(&self.shares, number),
                ..Line::of(LineRole::Planned, number, line.item, line.quantity)
            }
        };
        self.plan.iter().map(line).collect()
    }
}
