select category_id from record_category where record_id = :id order by category_id
