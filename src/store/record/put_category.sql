insert into record_category (record_id, category_id) values (:record_id, :category_id)
