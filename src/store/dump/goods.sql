select cast(record_id as text), cast(place as text), role, source, cast(number as text), on_day, cast(item_id as text),
  cast(category_id as text), unit, cast(project_id as text), cast(fund_id as text), cast(site_id as text),
  cast(lot_id as text), cast(quantity as text)
from goods
order by record_id, place
