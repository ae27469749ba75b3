-- How much of it there is, counted up to a most: nobody reads on, and a long past costs no more than a short one.
select cast(count(*) as bigint)
from (
  select d.record_id
  from deadline d
  join record r on r.id = d.record_id
  where d.owed = 1
    and d.due_on < :day
    and d.known_on <= :day
    and (d.closed_on = '' or d.closed_on > :day)
    and (cast(:source as text) is null or r.source = :source)
  limit :most
) part
