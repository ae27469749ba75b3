select item_id, unit, cast(sum(quantity) as bigint), cast(count(*) as bigint)
from goods
where project_id = :project_id and role = :role and on_day <= :day
group by item_id, unit
