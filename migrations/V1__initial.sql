-- The first schema. Written for SQLite and PostgreSQL alike: integers are 64 bits, dates are ISO text, flags are 0 or 1.
--
-- `change` is the truth: it holds the image of every record after every change. All other tables except `workspace`,
-- `origin` and `remembered` are projections of it, kept in the same transaction and proved by `corridor check`.

-- What this file is: its origin, and the place where it was last written.
create table workspace (
  name text primary key,
  value text not null
) strict;

-- Each file on each machine that wrote here, with the end of its chain. A copy that is written begins a new origin and
-- keeps the end of the chain it came from, so that a fork can be seen.
create table origin (
  id integer primary key,
  begun_at text not null,
  parent integer,
  parent_seq integer not null,
  parent_hash blob,
  head_seq integer not null,
  head_hash blob not null
) strict;

create table operation (
  id integer primary key,
  origin integer not null references origin (id),
  at text not null,
  actor text not null,
  kind text not null,
  what text not null,
  undoes integer
) strict;

create index operation_by_origin on operation (origin, id);

-- Append-only. The chain hashes the hash of an image, so that an image can be purged by law and the chain still holds.
create table change (
  origin integer not null references origin (id),
  origin_seq integer not null,
  operation integer not null references operation (id),
  record_kind text not null,
  record_id integer not null,
  version integer not null,
  image_version integer not null,
  removed integer not null check (removed in (0, 1)),
  payload text,
  salt blob,
  payload_hash blob not null,
  prev_hash blob not null,
  hash blob not null,
  primary key (origin, origin_seq)
) strict;

create unique index change_by_record on change (record_id, version);
create index change_by_operation on change (operation);

-- One row for each record that is there. Its image stands in the change it points to.
create table record (
  id integer primary key,
  kind text not null,
  version integer not null,
  source text not null check (source in ('own', 'public')),
  reference text not null,
  reference_key text not null,
  title text not null,
  title_key text not null,
  dated_on text,
  dated_text text not null,
  parent_id integer,
  project_id integer,
  instrument_id integer,
  authority_id integer,
  applicant text not null,
  cases integer not null,
  search_text text not null,
  origin integer not null,
  origin_seq integer not null,
  foreign key (origin, origin_seq) references change (origin, origin_seq)
) strict;

create unique index record_by_reference on record (kind, reference_key);
create index record_by_parent on record (parent_id, kind);

-- Which record names which, and in which field.
create table record_link (
  from_id integer not null references record (id),
  field text not null,
  to_id integer not null references record (id),
  primary key (from_id, field, to_id)
) strict;

create index record_link_to on record_link (to_id, field);

create table record_category (
  record_id integer not null references record (id),
  category_id integer not null,
  primary key (record_id, category_id)
) strict;

create index record_category_to on record_category (category_id, record_id);

-- Rows of goods of every kind of record, in thousandths of the item's base unit.
create table line (
  record_id integer not null references record (id),
  role text not null,
  number integer not null,
  item_id integer,
  quantity integer,
  fund_id integer,
  primary key (record_id, role, number)
) strict;

-- Days by which something must be done or after which something ends.
create table deadline (
  record_id integer not null references record (id),
  number integer not null,
  what text not null,
  due_on text not null,
  due_text text not null,
  known_on text not null,
  closed_on text not null,
  primary key (record_id, number)
) strict;

create index deadline_by_day on deadline (due_on);

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
) strict;

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
) strict;

-- What the window remembers: filters, drafts. Not part of the record.
create table remembered (
  name text primary key,
  value text not null
) strict;
