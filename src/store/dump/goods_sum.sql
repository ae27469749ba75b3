select dimension, role, cast(grain as text), period, source, cast(key_id as text), unit, cast(quantity as text),
  cast(lines as text)
from goods_sum
where quantity <> 0 or lines <> 0
order by dimension, role, grain, period, source, key_id, unit
