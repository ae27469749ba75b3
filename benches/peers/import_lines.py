"""Imports shipment lines from a CSV file as a careful script would: the same checks, one record a shipment with its image
as JSON, a journal with a chain of SHA-256, and the rows of goods, in one transaction.

Usage: import_lines.py LINES.csv LISTS.csv TARGET.db [whole]. LISTS.csv holds kind, reference, id, base unit, and the units that
convert to it with their factor. Prints milliseconds, a tab, and the sum of all quantities in thousandths. It keeps no sums,
no status, no categories and no index for search: what is left out only helps it. With `whole` it keeps most of that too: who
names whom, the words of each record in FTS5, its status.
"""

import csv
import datetime
import hashlib
import itertools
import json
import os
import re
import sqlite3
import sys
import time
from decimal import Decimal, InvalidOperation

SCHEMA = """
create table change (
  seq integer primary key, record_id integer not null, version integer not null, payload text not null,
  salt blob not null, payload_hash blob not null, prev_hash blob not null, hash blob not null
);
create unique index change_by_record on change (record_id, version);
create table record (
  id integer primary key, kind text not null, reference text not null, title text not null, project_id integer,
  seq integer not null
);
create unique index record_by_reference on record (kind, reference);
create table goods (
  record_id integer not null, place integer not null, role text not null, number integer not null, on_day text not null,
  item_id integer not null, unit text not null, project_id integer not null, quantity integer not null,
  primary key (record_id, place)
) without rowid;
create index goods_by_day on goods (role, on_day, record_id, place);
create index goods_by_item on goods (item_id, role, on_day);
create index goods_by_project on goods (project_id, role, on_day) where project_id <> 0;
"""
WHOLE = """
create table record_link (
  from_id integer not null, field text not null, to_id integer not null, primary key (from_id, field, to_id)
) without rowid;
create index record_link_to on record_link (to_id, field);
create table span (
  record_id integer not null, from_on text not null, to_on text not null, headline text not null, stage text not null,
  primary key (record_id, from_on)
) without rowid;
create index span_by_headline on span (headline, to_on, from_on);
create table search_place (record_id integer primary key, place integer not null unique);
create virtual table search_text using fts5(body, content='', tokenize='ascii', prefix='1 2');
"""
WORDS = re.compile(r"[a-z0-9]+")


def lists(path):
    """Items, parties and projects by reference."""
    found = {"item": {}, "party": {}, "project": {}}
    with open(path, newline="", encoding="utf-8") as file:
        for kind, reference, number, base, units in csv.reader(file):
            factors = {base: Decimal(1)}
            for pair in filter(None, units.split(";")):
                unit, factor = pair.split("=")
                factors[unit] = Decimal(factor)
            found[kind][reference] = (int(number), base, factors)
    return found


def quantity_of(text, place):
    """An exact quantity above zero with at most three decimals."""
    try:
        quantity = Decimal(text.replace(",", ""))
    except InvalidOperation:
        sys.exit(f"{place}: {text} is not a number")
    if not quantity.is_finite() or quantity <= 0:
        sys.exit(f"{place}: {text} is not above zero")
    if quantity != quantity.quantize(Decimal("0.001")):
        sys.exit(f"{place}: {text} has more than three decimals")
    return quantity


def day_of(text, place):
    """A day of the calendar."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        sys.exit(f"{place}: {text} is not a day")


def money_of(text, place):
    """An amount with its currency."""
    currency, _, amount = text.partition(" ")
    if len(currency) != 3 or not currency.isalpha() or quantity_of(amount, place) < 0:
        sys.exit(f"{place}: {text} is not an amount")
    return text


def line_of(row, known, number, place):
    """One row of the file: what is kept of it, and its row of goods."""
    item, quantity, unit, batch, expires_on, value, consignee = row[3:]
    if item not in known["item"]:
        sys.exit(f"{place}: there is no item {item}")
    if consignee not in known["party"]:
        sys.exit(f"{place}: there is no party {consignee}")
    item_id, base, factors = known["item"][item]
    if unit not in factors:
        sys.exit(f"{place}: {unit} does not convert to {base}")
    amount = quantity_of(quantity, place)
    counted = amount * factors[unit] * 1000
    if counted != int(counted):
        sys.exit(f"{place}: {quantity} {unit} is no whole thousandth of {base}")
    line = {
        "batch": batch.strip(),
        "consignee": known["party"][consignee][0],
        "expires_on": day_of(expires_on, place),
        "item": item_id,
        "number": number,
        "quantity": format(amount.normalize(), "f"),
        "unit": unit,
        "value": money_of(value, place),
    }
    return line, (item_id, base, int(counted))


def shipment(db, known, state, reference, rows):
    """Writes one shipment with its lines."""
    first_line, first = rows[0]
    place = f"line {first_line}"
    if first[1] not in known["project"]:
        sys.exit(f"{place}: there is no project {first[1]}")
    project = known["project"][first[1]][0]
    if reference in state["references"]:
        sys.exit(f"{place}: {reference} is there already")
    state["references"].add(reference)
    read = [line_of(row, known, at + 1, f"line {number}") for at, (number, row) in enumerate(rows)]
    image = {
        "lines": [line for line, _ in read],
        "project": project,
        "reference": reference,
        "started_on": day_of(first[2], place),
    }
    payload = json.dumps(image, ensure_ascii=False, separators=(",", ":"))
    state["id"] += 1024
    state["seq"] += 1
    salt = os.urandom(16)
    payload_hash = hashlib.sha256(salt + payload.encode()).digest()
    head = f"{state['seq']}|{state['id']}|1".encode()
    chained = hashlib.sha256(state["hash"] + head + payload_hash).digest()
    db.execute(
        "insert into change values (?, ?, 1, ?, ?, ?, ?, ?)",
        (state["seq"], state["id"], payload, salt, payload_hash, state["hash"], chained),
    )
    state["hash"] = chained
    db.execute(
        "insert into record values (?, 'shipment', ?, 'Shipment', ?, ?)",
        (state["id"], reference, project, state["seq"]),
    )
    db.executemany(
        "insert into goods values (?, ?, 'shipped', ?, '9999-12-31', ?, ?, ?, ?)",
        [
            (state["id"], at + 1, at + 1, item, base, project, counted)
            for at, (_, (item, base, counted)) in enumerate(read)
        ],
    )
    if state["whole"]:
        keep_whole(db, state, image)
    return sum(counted for _, (_, _, counted) in read)


def keep_whole(db, state, image):
    """Keeps what lists, figures and search read of a shipment."""
    links = {("lines.item", line["item"]) for line in image["lines"]}
    links |= {("lines.consignee", line["consignee"]) for line in image["lines"]}
    links.add(("project", image["project"]))
    db.executemany(
        "insert into record_link values (?, ?, ?)", [(state["id"], field, to) for field, to in sorted(links)]
    )
    db.execute(
        "insert into span values (?, ?, '9999-12-31', 'planned', 'planned')", (state["id"], image["started_on"])
    )
    texts = [image["reference"], "Shipment", image["started_on"]]
    texts.extend(f"{line['batch']} {line['expires_on']}" for line in image["lines"])
    words = " ".join(WORDS.findall(" ".join(texts).lower()))
    db.execute("insert into search_place values (?, ?)", (state["id"], state["seq"]))
    db.execute("insert into search_text (rowid, body) values (?, ?)", (state["seq"], words))


def main():
    """Imports the file and prints how long it took and what came out."""
    lines, known_path, target, *mode = sys.argv[1:]
    known = lists(known_path)
    db = sqlite3.connect(target, isolation_level=None)
    db.executescript("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16000;" + SCHEMA)
    state = {"hash": bytes(32), "id": 1 << 60, "seq": 0, "references": set(), "whole": mode == ["whole"]}
    if state["whole"]:
        db.executescript(WHOLE)
    total = 0
    begun = time.perf_counter()
    db.execute("begin immediate")
    with open(lines, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        numbered = enumerate(rows, 2)
        for reference, group in itertools.groupby(numbered, key=lambda pair: pair[1][0]):
            total += shipment(db, known, state, reference, list(group))
    db.execute("commit")
    print(f"{(time.perf_counter() - begun) * 1e3:.3f}\t{total}")


if __name__ == "__main__":
    main()
