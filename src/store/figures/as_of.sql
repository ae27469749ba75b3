-- Whole years before the year of the day, whole months before its month, then the days of the month.
select
  counted, source, category_id, stage, outcome, validity, cast(sum(records) as bigint), cast(sum(cases) as bigint)
from summary
where counted = :counted
  and (
    (grain = 1 and period < :year)
    or (grain = 2 and period >= :year and period < :month)
    or (grain = 3 and period >= :month and period <= :day)
  )
group by counted, source, category_id, stage, outcome, validity
having sum(records) <> 0
