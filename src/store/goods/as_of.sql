-- Whole years before the year of the day, whole months before its month, then the days of the month: each one a range of
-- the primary key. What has no day stands before all years.
select source, key_id, unit, cast(sum(quantity) as bigint), cast(sum(lines) as bigint)
from (
  select source, key_id, unit, quantity, lines
  from goods_sum
  where dimension = :dimension and role = :role and grain = 1 and period < :year
  union all
  select source, key_id, unit, quantity, lines
  from goods_sum
  where dimension = :dimension and role = :role and grain = 2 and period >= :year and period < :month
  union all
  select source, key_id, unit, quantity, lines
  from goods_sum
  where dimension = :dimension and role = :role and grain = 3 and period >= :month and period <= :day
) part
group by source, key_id, unit
having sum(lines) <> 0
