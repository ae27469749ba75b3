-- The ids of a list. A parameter that is null does not filter. The order is added by the caller from a fixed set.
select r.id
from record r
left join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
left join record a on a.id = r.authority_id
left join record p on p.id = r.project_id
where r.kind = :kind
  and (
    cast(:needs_span as bigint) = 0
    or s.record_id is not null
    or not exists (select 1 from span x where x.record_id = r.id)
  )
  and (cast(:needs_span as bigint) = 1 or r.dated_on is null or r.dated_on <= :day)
  and (cast(:source as text) is null or r.source = :source)
  and (cast(:status as text) is null or s.headline = :status)
  and (cast(:validity as text) is null or s.validity = :validity)
  and (cast(:authority_id as bigint) is null or r.authority_id = :authority_id)
  and (cast(:project_id as bigint) is null or r.project_id = :project_id)
  and (cast(:parent_id as bigint) is null or r.parent_id = :parent_id)
  and (cast(:from_day as text) is null or coalesce(nullif(s.begun_on, ''), nullif(s.settled_on, ''), r.dated_on) >= :from_day)
  and (cast(:to_day as text) is null or coalesce(nullif(s.begun_on, ''), nullif(s.settled_on, ''), r.dated_on) <= :to_day)
  and (cast(:needle as text) is null or strpos(r.search_text, :needle) > 0)
  and (
    cast(:category_id as bigint) is null
    or exists (select 1 from record_category c where c.record_id = r.id and c.category_id = :category_id)
  )
