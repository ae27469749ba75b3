//! Figures: dated numbers that clocks and tolerances stand on. The shipped ones stand in `assets/rules`.

use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What a dated number says.
    pub enum FigureKind {
        NoticeDays = "notice_days", "Days before the start by which it is filed";
        ObjectionDays = "objection_days", "Days in which the authority may object";
        SilenceWorkingDays = "silence_working_days", "Working days without objection";
        DecisionDays = "decision_days", "Days in which the authority decides by law";
        ValidityMonths = "validity_months", "Usual validity, months";
        ShipmentCap = "shipment_cap", "Usual number of shipments";
        DirectFilings = "direct_filings", "Approvals after which one may file directly";
        DirectFilingMonths = "direct_filing_months", "Months in which these approvals count";
        ExtensionsCount = "extensions_count", "Extensions count as approvals (1 yes, 0 no)";
        QuantityTolerance = "quantity_tolerance", "Quantity that may go beyond, per cent";
        ValueTolerance = "value_tolerance", "Value that may go beyond, per cent";
        ReturnsFree = "returns_free", "Returned goods free quantity (1 yes, 0 no)";
        KeepYears = "keep_years", "Years for which records are kept";
    }
}

record! {
    /// A dated number of our own. It stands in place of the built-in one of the same kind, instrument and days.
    Figure {
        reference: String, "Reference" = Field::text();
        kind: Option<FigureKind>, "Figure" = Field::choice(FigureKind::WORDS).required();
        instrument: Option<Id>, "Instrument" = Field::link(&[RecordKind::Instrument]);
        value: Option<u32>, "Value" = Field::of(FieldKind::Count).required();
        from: Option<chrono::NaiveDate>, "In force from" = Field::day().required();
        to: Option<chrono::NaiveDate>, "In force until" = Field::day().help("The last day; empty: no end is known");
        citation: String, "Citation" = Field::text().required();
        checked_on: Option<chrono::NaiveDate>, "Checked on" = Field::day();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Figure {
    fn title(&self) -> String {
        self.kind.map_or("Figure", FigureKind::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.from.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.from, self.to, ("to", "In force until"), &mut problems);
        problems
    }
}
