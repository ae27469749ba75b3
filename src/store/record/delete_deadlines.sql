delete from deadline where record_id = :id
