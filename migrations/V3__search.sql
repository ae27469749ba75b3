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
