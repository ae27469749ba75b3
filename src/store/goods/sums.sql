select dimension, role, grain, period, source, key_id, unit, quantity, lines
from goods_sum
where quantity <> 0 or lines <> 0
