//! Categories: what aid is for, by which dashboards and reports are cut.

use super::Record;
use crate::domain::schema::{Field, FieldError, Problem, record};

record! {
    /// A kind of aid, such as food or TB medicine. A record may count in several; totals count it once.
    Category {
        reference: String, "Code" = Field::text().required().help("For example tb");
        name: String, "Name" = Field::text().required();
        dac_code: String, "DAC purpose code" = Field::text().help("OECD DAC, for example 12263 for TB control");
        cluster: String, "IASC cluster" = Field::text();
        colour: String, "Colour" = Field::text().help("A number from 1 to 8, from the program's palette");
    }
}

impl Record for Category {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let known = self.colour.is_empty() || matches!(self.colour.parse(), Ok(1..=8));
        let rule =
            || Problem::Rule(format!("“{}” is not a colour of the palette. Write a number from 1 to 8", self.colour));
        if known { Vec::new() } else { vec![FieldError::at("colour", "Colour", rule())] }
    }
}
