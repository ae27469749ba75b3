select from_id from record_link where to_id = :to_id and field = :field and from_id = :from_id
