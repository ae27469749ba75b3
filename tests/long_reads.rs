//! Reading that takes long: it never holds up a save, and it can be stopped.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::Barrier;

use corridor::domain::record::RecordKind;
use corridor::services::{Workspace, Write};
use corridor::store::StoreError;
use serde_json::json;
use support::*;

fn in_a_file(folder: &std::path::Path) -> Workspace {
    let mut workspace = Workspace::create(&folder.join("ours.corridor"), context()).unwrap();
    let item = |n: usize| json!({"op":"create","kind":"item","record":{"name":format!("Item {n}"),"base_unit":"H87"}});
    apply(&mut workspace, &(0..5).map(item).collect::<Vec<_>>());
    workspace
}

#[test]
fn a_save_is_done_while_a_long_read_is_still_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = in_a_file(folder.path());
    let reader = workspace.reader().unwrap().unwrap();
    let (begun, saved) = (&Barrier::new(2), &Barrier::new(2));
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut seen = 0;
            let sql = "select id from record where kind = 'item'";
            let read = reader.store().db().rows(sql, &[], |_row| {
                if seen == 0 {
                    begun.wait();
                    saved.wait();
                }
                seen += 1;
                Ok(())
            });
            read.unwrap();
            seen
        });
        begun.wait();
        // The statement has given its first row and waits for the save to be done.
        let draft = json!({ "name": "Blanket", "base_unit": "H87" }).as_object().cloned().unwrap();
        let done = workspace.write(Write::Create { kind: RecordKind::Item, draft });
        assert!(!reading.is_finished(), "the read is still under way");
        saved.wait();
        done.unwrap();
        assert_eq!(reading.join().unwrap(), 5, "the read saw what was there when it began");
    });
    assert_eq!(ids(&workspace, list_query(RecordKind::Item, "2026-11-24")).len(), 6);
}

#[test]
fn a_read_is_stopped_from_another_thread_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = in_a_file(folder.path());
    let reader = workspace.reader().unwrap().unwrap();
    let stopper = reader.stopper();
    let endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || (reader.store().db().rows(endless, &[], |row| row.int(0)), reader));
        // A stop before the statement has begun does nothing, so it is said until it is heard.
        while !reading.is_finished() {
            stopper.stop();
            std::thread::yield_now();
        }
        let (stopped, reader) = reading.join().unwrap();
        assert!(matches!(stopped, Err(StoreError::Engine { .. })), "{stopped:?}");
        assert_eq!(ids(&reader, list_query(RecordKind::Item, "2026-11-24")).len(), 5);
    });
}
