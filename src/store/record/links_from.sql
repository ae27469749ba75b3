select field, to_id from record_link where from_id = :id order by field, to_id
