-- The keys of a list of goods. Filters and the order are added by the caller from a fixed set.
select g.record_id, g.place
from goods g
left join record r on r.id = g.record_id
left join record i on i.id = g.item_id
left join record p on p.id = g.project_id
left join record f on f.id = g.fund_id
where g.role = :role and g.on_day >= :from_day and g.on_day <= :to_day
