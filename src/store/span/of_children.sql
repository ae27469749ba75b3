select s.from_on, s.to_on, s.since_on, s.stage, s.outcome, s.validity, s.was, s.begun_text, s.settled_text, s.until_text,
  s.record_id
from record r
join span s on s.record_id = r.id
where r.parent_id = :parent_id and r.kind = :kind
order by r.id, s.from_on
