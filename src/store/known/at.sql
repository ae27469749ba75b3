-- Each record as it was known before an instant: its newest change until then. One that was removed is left out.
select c.record_kind, c.record_id, c.version, c.payload
from change c
join (
  select ch.record_id, max(ch.version) as version
  from change ch
  join operation o on o.id = ch.operation
  where o.at < :before
  group by ch.record_id
) newest on newest.record_id = c.record_id and newest.version = c.version
where c.removed = 0 and c.payload is not null
order by c.record_id
