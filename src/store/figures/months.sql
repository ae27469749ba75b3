-- What was added month by month up to a day; the day's own month only as far as the day.
select substr(period, 1, 7), source, category_id, stage, cast(sum(records) as bigint)
from summary
where counted = :counted
  and ((grain = 2 and period < :month) or (grain = 3 and period >= :month and period <= :day))
group by substr(period, 1, 7), source, category_id, stage
having sum(records) <> 0
order by substr(period, 1, 7)
