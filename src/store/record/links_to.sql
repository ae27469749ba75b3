select from_id, field from record_link where to_id = :id order by from_id, field
