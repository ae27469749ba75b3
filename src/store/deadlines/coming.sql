-- What ends or falls due from one day up to, and without, another, the nearest first; as it was known on a day.
select r.id, r.kind, r.source, r.reference, r.title, r.parent_id, r.authority_id, d.owed, d.what, d.due_on, d.due_text
from deadline d
join record r on r.id = d.record_id
where d.due_on >= :from_day
  and d.due_on < :to_day
  and d.known_on <= :day
  and (d.closed_on = '' or d.closed_on > :day)
  and (cast(:source as text) is null or r.source = :source)
order by d.due_on, d.record_id, d.number
limit :most
