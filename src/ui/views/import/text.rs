//! How a text table is read: its encoding and its delimiter, with what was found in it as the first choice.

use eframe::egui::{ComboBox, Ui};

use crate::services::import::{Look, TextEncoding, TextForm, TextOptions, Wanted};
use crate::ui::command::Command;
use crate::ui::model::import::Importing;
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::caret::caret;

/// The delimiters that are offered.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Paints the choices. Another encoding or delimiter makes another table: its headings are looked for anew.
pub(super) fn form_ui(ui: &mut Ui, look: &Look, wanted: &Wanted, commands: &mut Vec<Command>) {
    let (Some(form), Some(found)) = (look.form, look.found) else { return };
    let chosen = wanted.text;
    ui.horizontal_wrapped(|ui| {
        let labelled = |encoding: TextEncoding| (encoding, encoding.label().to_owned());
        let mut all: Vec<(TextEncoding, String)> = TextEncoding::OFFERED.into_iter().map(labelled).collect();
        if !TextEncoding::OFFERED.contains(&found.encoding) {
            all.insert(0, labelled(found.encoding));
        }
        let encoding = Choice {
            label: "Encoding",
            found: found.encoding.label().to_owned(),
            chosen: chosen.encoding.map(|encoding| encoding.label().to_owned()),
        };
        encoding.ui(ui, &all, |picked| commands.push(again(wanted, TextOptions { encoding: picked, ..chosen })));
        ui.add_space(space::SMALL);
        let mut all: Vec<(u8, String)> = DELIMITERS.map(|sign| (sign, sign_words(sign))).to_vec();
        if !DELIMITERS.contains(&found.delimiter) {
            all.insert(0, (found.delimiter, sign_words(found.delimiter)));
        }
        let delimiter = Choice {
            label: "Cells divided by",
            found: sign_words(found.delimiter),
            chosen: chosen.delimiter.map(sign_words),
        };
        delimiter.ui(ui, &all, |picked| commands.push(again(wanted, TextOptions { delimiter: picked, ..chosen })));
    });
    let words = said(form);
    ui.add(eframe::egui::Label::new(theme::muted(words)).wrap());
}

/// How the table is read, in a sentence.
fn said(form: TextForm) -> String {
    let read = format!("Text in {}, cells divided by {}", form.encoding.label(), sign_words(form.delimiter));
    if form.guessed {
        format!("{read}. The encoding is guessed: if letters below look wrong, choose another")
    } else {
        read
    }
}

fn sign_words(sign: u8) -> String {
    match sign {
        b',' => "a comma".to_owned(),
        b';' => "a semicolon".to_owned(),
        b'\t' => "a tab".to_owned(),
        b'|' => "a bar".to_owned(),
        other => format!("“{}”", char::from(other)),
    }
}

fn again(wanted: &Wanted, text: TextOptions) -> Command {
    Command::Import(Importing::Again(Box::new(Wanted { text, header: None, ..wanted.clone() })))
}

/// A short list that begins with what was found.
struct Choice {
    label: &'static str,
    found: String,
    chosen: Option<String>,
}

impl Choice {
    /// Paints it; `take` gets what is picked, nothing for what was found.
    fn ui<T: Copy>(&self, ui: &mut Ui, all: &[(T, String)], mut take: impl FnMut(Option<T>)) {
        let mut is_picked = false;
        ui.label(theme::small(self.label));
        let found = format!("As found: {}", self.found);
        let shown = self.chosen.as_deref().unwrap_or(&found);
        let combo = ComboBox::from_id_salt(self.label).width(window::FILTER_TEXT).icon(caret).selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            if ui.selectable_label(self.chosen.is_none(), &found).clicked() {
                take(None);
                is_picked = true;
            }
            for (value, words) in all {
                if ui.selectable_label(self.chosen.as_ref() == Some(words), words).clicked() {
                    take(Some(*value));
                    is_picked = true;
                }
            }
            // A click closes the list by itself, a key does not.
            if is_picked {
                ui.close();
            }
        });
        response.response.accessible_name(self.label);
    }
}
