insert into record_link (to_id, field, from_id) values (:to_id, :field, :from_id)
