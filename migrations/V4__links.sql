-- Which record names which is kept once, in the order in which it is asked for: who names this record? What a record names
-- stands in its own image. Nothing watches over `from_id` but `corridor check`: the engine would have to look through
-- every link before a record can go.
create table naming (
  to_id integer not null references record (id),
  field text not null,
  from_id integer not null,
  primary key (to_id, field, from_id)
) strict, without rowid;

insert into naming (to_id, field, from_id) select to_id, field, from_id from record_link order by to_id, field, from_id;
drop table record_link;
alter table naming rename to record_link;

-- The overview asks of all matters at once for which others they wait.
create index record_link_waits on record_link (from_id) where field = 'depends_on';
