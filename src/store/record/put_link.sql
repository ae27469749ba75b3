insert into record_link (from_id, field, to_id) values (:from_id, :field, :to_id)
