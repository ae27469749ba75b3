-- Matters that wait for another matter, with the standing of both on a day.
select m.id, m.source, m.reference, m.title, m.authority_id, ms.headline, ms.outcome, ms.validity, ms.since_on,
  d.id, d.reference, d.title, d.authority_id, ds.headline, ds.outcome, ds.validity, ds.from_on
from record m
join record_link l on l.from_id = m.id and l.field = 'depends_on'
join record d on d.id = l.to_id
join span ms on ms.record_id = m.id and ms.from_on <= :day and ms.to_on > :day
left join span ds on ds.record_id = d.id and ds.from_on <= :day and ds.to_on > :day
where m.kind = 'matter'
order by ms.since_on, m.id
