select grain, period, counted, source, category_id, stage, outcome, validity, records, cases
from summary
where records <> 0 or cases <> 0
