//! The story of goods over the whole window: bought, stored, shipped, received, handed out; then read back as figures.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::{LineRole, RecordKind};
use corridor::services::Workspace;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use eframe::egui::{Key, Modifiers};
use serde_json::json;
use support::{apply, workspace};
use window::TestApp;

fn prepared() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"SUP","name":"Generic Medicines"}}),
            json!({"op":"create","kind":"site","record":{"reference":"DLC","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"site","record":{"reference":"HSP","name":"황해남도 hospital","country":"KP"}}),
            json!({"op":"create","kind":"item","record":{"reference":"TB","name":"RHZE tablet","base_unit":"U2","category":"tb"}}),
        ],
    );
    workspace
}

/// Opens an empty form of a kind.
fn new(app: &mut TestApp, kind: RecordKind) {
    app.command(Command::Go(Route::List(kind)));
    app.command(Command::New(kind));
}

/// Saves the form, takes that back and does it again.
fn save_undo_redo(app: &mut TestApp, what: &str) {
    app.save();
    assert!(
        app.model().forms().is_empty(),
        "{what} was not saved: {:?}",
        app.model().forms().front().map(|open| &open.form.draft)
    );
    let undo = || app.model().standing().undo.clone();
    let done = undo();
    assert!(done.is_some(), "{what}");
    app.command(Command::Undo);
    assert_ne!(app.model().standing().undo, done, "{what} was taken back");
    app.command(Command::Redo);
    assert_eq!(app.model().standing().undo, done, "{what} is there again");
}

/// Opens the one record of a list.
fn open_first(app: &mut TestApp, kind: RecordKind) {
    app.command(Command::CloseRecord);
    app.command(Command::Go(Route::List(kind)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
}

/// Buys a thousand tablets and takes them into the store as a lot.
fn buy_and_store(app: &mut TestApp) {
    new(app, RecordKind::Purchase);
    app.pick("Supplier", "Generic");
    app.fill("Ordered on", "2026-01-05");
    app.click("Add line, Lines");
    app.pick("Item", "RHZE");
    app.fill("Quantity", "1000");
    save_undo_redo(app, "the purchase");

    new(app, RecordKind::Lot);
    app.pick("Item", "RHZE");
    app.fill("Batch", "B7");
    app.fill("Quantity", "1000");
    app.fill("Taken over on", "2026-02-01");
    app.pick("Where it lay first", "Dalian");
    app.fill("Expires on", "2028-06-30");
    app.pick("Purchase", "PUR-2026-001");
    save_undo_redo(app, "the lot");
    open_first(app, RecordKind::Purchase);
    assert_eq!(app.status(), "delivered", "the lot came of the purchase");
}

/// Ships four hundred of them, receives most and hands out what came.
fn ship_receive_and_hand_out(app: &mut TestApp) {
    new(app, RecordKind::Shipment);
    app.fill("Title", "Spring consignment");
    app.click("Add line, Lines");
    app.pick("Item", "RHZE");
    app.fill("Quantity", "400");
    app.pick("Lot", "B7");
    save_undo_redo(app, "the shipment");
    open_first(app, RecordKind::Shipment);
    app.click("Add event…");
    app.choose("What happened", "Dispatched");
    app.fill("On", "2026-03-01");
    save_undo_redo(app, "the dispatch");
    open_first(app, RecordKind::Lot);
    assert!(app.shows("In store on 2026-11-24") && app.shows("600"), "600 of 1,000 are left in Dalian");

    open_first(app, RecordKind::Shipment);
    app.click("Add receipt…");
    app.fill("On", "2026-03-20");
    app.fill("Received", "390");
    app.fill("Lost", "10");
    save_undo_redo(app, "the receipt");
    app.click("Add distribution…");
    app.fill("On", "2026-04-02");
    app.pick("Site", "황해남도");
    app.fill("Handed out", "391");
    app.save();
    assert!(app.shows("390 were received in a usable state"), "no more is handed out than came");
    let typed = app.model().forms().front().map(|open| open.form.draft["lines"][0]["quantity"].clone());
    assert_eq!(typed, Some(json!("391")), "what was typed is still there");
    app.keys(Modifiers::COMMAND, Key::Z);
    app.command(Command::DiscardForm);
    app.click("Add distribution…");
    app.fill("On", "2026-04-02");
    app.pick("Site", "황해남도");
    app.fill("Handed out", "350");
    save_undo_redo(app, "the distribution");
}

/// Reads back what was handed out, from the figure to the record.
fn read_back(app: &mut TestApp) {
    app.command(Command::CloseRecord);
    app.command(Command::Go(Route::Goods));
    app.click("350 tablet, distributed, RHZE tablet, 1 rows");
    assert_eq!(app.model().route(), Route::Lines);
    assert_eq!(app.model().lines().arrangement.role, LineRole::Distributed);
    assert_eq!(app.model().lines().rows.len(), Some(1));
    assert!(app.shows("350 tablet"), "the sum stands above its rows");
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert!(app.model().open_record().is_some(), "the row opens its record");
    app.command(Command::Back);
    app.command(Command::Back);
    assert_eq!(app.model().route(), Route::Goods);
}

#[test]
fn goods_go_from_purchase_to_distribution_and_every_figure_opens_its_rows() {
    let mut app = TestApp::new(prepared());
    buy_and_store(&mut app);
    ship_receive_and_hand_out(&mut app);
    read_back(&mut app);
}

#[test]
fn goods_ask_nothing_while_nothing_changes() {
    let mut app = TestApp::new(support::furnished());
    for route in [Route::Goods, Route::Lines] {
        app.command(Command::Go(route));
        app.frames(5);
        let asked = app.requests();
        app.frames(60);
        assert_eq!(app.requests(), asked, "{route:?}");
    }
}
