delete from record_category
