-- The whole record: goods of every kind of record by day, item, project and fund; what has to be mended.
--
-- Only projections are made anew here; the program fills them from the journal after this has run. Tables whose primary
-- key is all that they are looked up by keep their rows in that key and nowhere else: half the pages to write.

drop table line;
drop table deadline;
drop table record_link;
drop table record_category;
drop table span;
drop table summary;

-- Which record names which, and in which field.
create table record_link (
  from_id integer not null references record (id),
  field text not null,
  to_id integer not null references record (id),
  primary key (from_id, field, to_id)
) strict, without rowid;

create index record_link_to on record_link (to_id, field);

create table record_category (
  record_id integer not null references record (id),
  category_id integer not null,
  primary key (record_id, category_id)
) strict, without rowid;

create index record_category_to on record_category (category_id, record_id);

-- One fund's part of a row of goods, in thousandths of the item's base unit. The day is that on which it was shipped,
-- received, handed out; 9999-12-31 while it has not happened; of a plan that on which it is due, empty where none is said.
create table goods (
  record_id integer not null references record (id),
  place integer not null,
  role text not null,
  source text not null,
  number integer not null,
  on_day text not null,
  item_id integer not null,
  category_id integer not null,
  unit text not null,
  project_id integer not null,
  fund_id integer not null,
  site_id integer not null,
  lot_id integer not null,
  quantity integer not null,
  primary key (record_id, place)
) strict, without rowid;

create index goods_by_day on goods (role, on_day, record_id, place);
create index goods_by_item on goods (item_id, role, on_day);
create index goods_by_project on goods (project_id, role, on_day) where project_id <> 0;
create index goods_by_fund on goods (fund_id, role, on_day) where fund_id <> 0;
create index goods_by_lot on goods (lot_id) where lot_id <> 0;

-- Sums of goods by category, item, project or fund (0 where none is named), kept by year (1), month (2) and day (3).
create table goods_sum (
  dimension text not null,
  role text not null,
  grain integer not null,
  period text not null,
  source text not null,
  key_id integer not null,
  unit text not null,
  quantity integer not null,
  lines integer not null,
  primary key (dimension, role, grain, period, source, key_id, unit)
) strict, without rowid;

-- What has to be mended though it was not refused: an expense without a rate, goods used after their last day.
create table flag (
  record_id integer not null references record (id),
  number integer not null,
  since_on text not null,
  what text not null,
  primary key (record_id, number)
) strict, without rowid;

-- Days by which something must be done (owed: it stays until it is done) or after which something ends by itself.
create table deadline (
  record_id integer not null references record (id),
  number integer not null,
  owed integer not null check (owed in (0, 1)),
  what text not null,
  due_on text not null,
  due_text text not null,
  known_on text not null,
  closed_on text not null,
  primary key (record_id, number)
) strict, without rowid;

create index deadline_by_day on deadline (due_on);
create index deadline_owed on deadline (due_on) where owed = 1;

-- The status of a record from one day up to, and without, another; derived, and independent of what day it is. The end of
-- what still holds is 9999-12-31.
create table span (
  record_id integer not null references record (id),
  from_on text not null,
  to_on text not null,
  since_on text not null,
  headline text not null,
  stage text not null,
  outcome text not null,
  validity text not null,
  was text not null,
  begun_on text not null,
  begun_text text not null,
  settled_on text not null,
  settled_text text not null,
  until_on text not null,
  until_text text not null,
  primary key (record_id, from_on)
) strict, without rowid;

create index span_by_headline on span (headline, to_on, from_on);

-- What is added to each figure from a day on, kept by year (1), month (2) and day (3). Category 0 is the total.
create table summary (
  counted text not null,
  grain integer not null,
  period text not null,
  source text not null,
  category_id integer not null,
  stage text not null,
  outcome text not null,
  validity text not null,
  records integer not null,
  cases integer not null,
  primary key (counted, grain, period, source, category_id, stage, outcome, validity)
) strict, without rowid;

-- Search: each record has a place in the index of texts, whose number says its kind and its age, so that what is found is
-- grouped, counted and put newest first without a look at the records. The index itself is the engine's own and is made
-- by the program where it is missing (`store/engine/full_text.rs`).

-- The number of a kind within a place. Numbers are given as kinds first come, and stay.
create table search_kind (
  kind text primary key,
  number integer not null unique
) strict;

create table search_place (
  record_id integer primary key,
  place integer not null unique
) strict;
