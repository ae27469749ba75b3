select cast(from_id as text), field, cast(to_id as text) from record_link order by from_id, field, to_id
