-- The ids of a list. What else is asked of them, filters and the order are added by the caller from a fixed set.
select r.id
from record r
left join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
left join record a on a.id = r.authority_id
left join record p on p.id = r.project_id
where r.kind = :kind
