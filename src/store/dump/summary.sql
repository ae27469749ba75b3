select counted, cast(grain as text), period, source, cast(category_id as text), stage, outcome, validity,
  cast(records as text), cast(cases as text)
from summary
where records <> 0 or cases <> 0
order by counted, grain, period, source, category_id, stage, outcome, validity
