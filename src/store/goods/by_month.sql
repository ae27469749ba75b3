-- Sums month by month of the days between two, unit by unit. One dimension holds every row once; what has no day stands
-- under the empty month.
select source, substr(period, 1, 7), unit, cast(sum(quantity) as bigint), cast(sum(lines) as bigint)
from goods_sum
where dimension = 'category' and role = :role and grain = 3 and period >= :first and period <= :last
group by source, substr(period, 1, 7), unit
having sum(lines) <> 0
