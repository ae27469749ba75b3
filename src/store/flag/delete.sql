delete from flag where record_id = :id
