-- Whole years before the year of the day, whole months before its month, then the days of the month: each one a range of
-- the primary key.
select counted, source, category_id, stage, outcome, validity, cast(sum(records) as bigint), cast(sum(cases) as bigint)
from (
  select counted, source, category_id, stage, outcome, validity, records, cases
  from summary
  where counted = :counted and grain = 1 and period < :year
  union all
  select counted, source, category_id, stage, outcome, validity, records, cases
  from summary
  where counted = :counted and grain = 2 and period >= :year and period < :month
  union all
  select counted, source, category_id, stage, outcome, validity, records, cases
  from summary
  where counted = :counted and grain = 3 and period >= :month and period <= :day
) part
group by counted, source, category_id, stage, outcome, validity
having sum(records) <> 0
