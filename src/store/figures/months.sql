-- What was added month by month up to a day; the day's own month only as far as the day. Category 0 is the total.
select month, source, category_id, stage, cast(sum(records) as bigint)
from (
  select period as month, source, category_id, stage, records
  from summary
  where counted = :counted and grain = 2 and period < :month
    and ((cast(:totals as bigint) = 1 and category_id = 0) or (cast(:totals as bigint) = 0 and category_id <> 0))
  union all
  select substr(period, 1, 7), source, category_id, stage, records
  from summary
  where counted = :counted and grain = 3 and period >= :month and period <= :day
    and ((cast(:totals as bigint) = 1 and category_id = 0) or (cast(:totals as bigint) = 0 and category_id <> 0))
) part
group by month, source, category_id, stage
having sum(records) <> 0
order by month
