select from_id, to_id from record_link where field = :field order by from_id, to_id
