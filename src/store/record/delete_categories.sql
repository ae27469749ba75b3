delete from record_category where record_id = :id
