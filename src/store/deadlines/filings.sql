-- Filings that were sent, as they stood on a day, the newest first.
select r.id, r.authority_id, s.stage, s.outcome, s.since_on, s.begun_on, s.settled_on, s.until_on
from record r
join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
where r.kind = 'request'
  and r.source = :source
  and s.begun_on <> ''
order by s.begun_on desc nulls last, r.id desc nulls last
limit :most
