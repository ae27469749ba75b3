delete from line where record_id = :id
