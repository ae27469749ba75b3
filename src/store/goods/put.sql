insert into goods (
  record_id, place, role, source, number, on_day, item_id, category_id, unit, project_id, fund_id, site_id, lot_id,
  quantity
) values (
  :record_id, :place, :role, :source, :number, :on_day, :item_id, :category_id, :unit, :project_id, :fund_id, :site_id,
  :lot_id, :quantity
)
