-- How much of it there is, counted up to a most.
select cast(count(*) as bigint)
from (
  select d.record_id
  from deadline d
  join record r on r.id = d.record_id
  where d.due_on >= :from_day
    and d.due_on < :to_day
    and d.known_on <= :day
    and (d.closed_on = '' or d.closed_on > :day)
    and (cast(:source as text) is null or r.source = :source)
  limit :most
) part
