-- What somebody still owes after its day, the oldest first.
select r.id, r.kind, r.source, r.reference, r.title, r.parent_id, r.authority_id, d.owed, d.what, d.due_on, d.due_text
from deadline d
join record r on r.id = d.record_id
where d.owed = 1
  and d.due_on < :day
  and d.known_on <= :day
  and (d.closed_on = '' or d.closed_on > :day)
  and (cast(:source as text) is null or r.source = :source)
order by d.due_on, d.record_id, d.number
limit :most
