insert into line (record_id, role, number, item_id, quantity, fund_id)
values (:record_id, :role, :number, :item_id, :quantity, :fund_id)
