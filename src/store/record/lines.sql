select role, number, item_id, quantity, fund_id from line where record_id = :id order by role, number
