select r.id, r.kind, r.source, r.reference, r.title, r.parent_id, d.what, d.due_on, d.due_text
from deadline d
join record r on r.id = d.record_id
where d.due_on >= :from_day
  and d.due_on <= :to_day
  and d.known_on <= :day
  and (d.closed_on = '' or d.closed_on > :day)
order by d.due_on, r.id, d.number
