-- What has to be mended, the longest first.
select r.id, r.kind, r.reference, r.title, r.parent_id, f.since_on, f.what
from flag f
join record r on r.id = f.record_id
where f.since_on <= :day
order by f.since_on, r.id, f.number
limit :most
