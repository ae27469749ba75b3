delete from span where record_id = :id
