select cast(record_id as text), cast(category_id as text) from record_category order by record_id, category_id
