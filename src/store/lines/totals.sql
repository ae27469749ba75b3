-- What the rows of a list of goods add up to, unit by unit. Filters are added by the caller from a fixed set.
select g.unit, cast(sum(g.quantity) as bigint), cast(count(*) as bigint)
from goods g
left join record r on r.id = g.record_id
left join record i on i.id = g.item_id
where g.role = :role and g.on_day >= :from_day and g.on_day <= :to_day
group by g.unit
order by g.unit
