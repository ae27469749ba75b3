delete from record_link where from_id = :id
