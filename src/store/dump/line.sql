select cast(record_id as text), role, cast(number as text), cast(item_id as text), cast(quantity as text),
  cast(fund_id as text)
from line
order by record_id, role, number
