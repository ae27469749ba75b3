-- What was added month by month, of each unit; what has no day is left out.
select period, source, key_id, unit, cast(sum(quantity) as bigint), cast(sum(lines) as bigint)
from goods_sum
where dimension = :dimension and role = :role and grain = 2 and period >= :first and period <= :last
group by period, source, key_id, unit
having sum(lines) <> 0
order by period
