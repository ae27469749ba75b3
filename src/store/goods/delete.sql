delete from goods where record_id = :id
