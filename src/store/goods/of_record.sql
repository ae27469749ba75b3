select role, source, number, on_day, item_id, category_id, unit, project_id, fund_id, site_id, lot_id, quantity
from goods
where record_id = :id
order by place
