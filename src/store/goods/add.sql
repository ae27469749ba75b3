insert into goods_sum (dimension, role, grain, period, source, key_id, unit, quantity, lines)
values (:dimension, :role, :grain, :period, :source, :key_id, :unit, :quantity, :lines)
on conflict (dimension, role, grain, period, source, key_id, unit) do update set
  quantity = goods_sum.quantity + excluded.quantity,
  lines = goods_sum.lines + excluded.lines
