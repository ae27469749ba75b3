//! Documents with a part of every kind, for the tests of their formats.

use corridor::domain::document::{Block, Cell, CellTone, Chart, ChartKind, Column, Document, Fact, Series, Table};

/// A report with every kind of block, in three scripts.
pub fn report() -> Document {
    Document {
        title: "Donor report: Community health North".to_owned(),
        subtitle: "Fund CERF-26-04, 1 January to 31 March 2026".to_owned(),
        language: "en".to_owned(),
        facts: vec![
            Fact::plain("For", "Central Emergency Response Fund"),
            Fact::plain("By", "Corridor Relief"),
            Fact::plain("As of", "2026-03-31"),
        ],
        blocks: blocks(),
        foot: "Figures count what was recorded until the cut-off day. This is no legal advice.".to_owned(),
    }
}

fn blocks() -> Vec<Block> {
    vec![
        Block::Heading { level: 1, text: "Summary".to_owned() },
        Block::Text(
            "Of 1,000 courses, 980 were received and 950 are usable.\n\nThirty were damaged on the way to 신의주 (新义州) and are \
             written off."
                .to_owned(),
        ),
        Block::Notice("No figure for Ryanggang: the visit of March was put off.".to_owned()),
        Block::List(vec!["Cold boxes arrived with the second lot".to_owned(), "의약품은 평양에 도착".to_owned()]),
        Block::Heading { level: 1, text: "Delivered".to_owned() },
        Block::Table(delivered()),
        Block::Chart(chart()),
        Block::Heading { level: 2, text: "Signed".to_owned() },
        Block::Facts(vec![Fact::plain("Rate", "EUR 1 = USD 1.08 on 2026-03-31")]),
        Block::Signatures(vec!["Head of programme, date".to_owned(), "Finance, date".to_owned()]),
    ]
}

/// A table with a total, notes and states.
pub fn delivered() -> Table {
    let row = |item: &str, planned: i64, received: i64, tone: CellTone, words: &str| {
        vec![
            Cell::text(item),
            Cell::Quantity(planned * 1000),
            Cell::Quantity(received * 1000),
            Cell::PerMille(received * 1000 / planned),
            Cell::State { tone, words: words.to_owned() },
        ]
    };
    Table {
        key: "delivered".to_owned(),
        title: "Planned and delivered".to_owned(),
        notes: vec!["From 2026-01-01 to 2026-03-31. Each course is counted once.".to_owned()],
        columns: vec![
            Column::text("Item", "#item+name"),
            Column::number("Planned", "#targeted+num"),
            Column::number("Received", "#reached+num"),
            Column::number("Share", ""),
            Column::text("State", "#status"),
        ],
        rows: vec![
            row("TB courses, first line", 1000, 980, CellTone::Warning, "30 damaged"),
            row("초음파 진단기", 12, 12, CellTone::Good, "complete"),
            row("疫苗冷藏箱", 40, 0, CellTone::Bad, "not shipped"),
            row("Syringes", 25_000, 25_000, CellTone::Quiet, "closed"),
        ],
        totals: vec![Cell::text("Lines"), Cell::Count(4), Cell::Count(3), Cell::Empty, Cell::Empty],
        empty: "Nothing was delivered".to_owned(),
    }
}

fn chart() -> Chart {
    Chart {
        title: "Courses by fund".to_owned(),
        alt: "Fund X had 570 usable courses, fund Y 380.".to_owned(),
        kind: ChartKind::Bars,
        unit: "courses".to_owned(),
        labels: vec!["Fund X".to_owned(), "Fund Y".to_owned()],
        series: vec![
            Series { name: "Received".to_owned(), values: vec![588, 392] },
            Series { name: "Usable".to_owned(), values: vec![570, 380] },
        ],
    }
}

/// A report whose one table has so many rows, each told apart by its own reference.
pub fn long_table(rows: usize) -> Document {
    let row = |at: usize| {
        let at = i64::try_from(at).unwrap();
        vec![
            Cell::text(format!("SHP-{at:05}")),
            Cell::text(
                ["Tuberculosis courses", "초음파 진단기, 휴대용", "疫苗冷藏箱", "Syringes 2 ml"]
                    [usize::try_from(at % 4).unwrap()],
            ),
            Cell::Quantity(at * 7 * 1000),
            Cell::Day(
                chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
                    + chrono::Days::new(u64::try_from(at % 300).unwrap()),
            ),
            Cell::State { tone: CellTone::Good, words: "arrived".to_owned() },
        ]
    };
    let table = Table {
        title: "Lines".to_owned(),
        columns: vec![
            Column::text("Line", ""),
            Column::text("Item", ""),
            Column::number("Quantity", ""),
            Column::text("Arrived", ""),
            Column::text("State", ""),
        ],
        rows: (0..rows).map(row).collect(),
        totals: vec![Cell::text("In all"), Cell::Empty, Cell::Count(i64::try_from(rows).unwrap())],
        notes: vec!["Every line is counted once.".to_owned()],
        ..Table::default()
    };
    Document {
        title: "Lines of all shipments".to_owned(),
        blocks: vec![
            Block::Table(table),
            Block::Heading { level: 1, text: "After the table".to_owned() },
            Block::Text("The last words.".to_owned()),
        ],
        ..Document::default()
    }
}
