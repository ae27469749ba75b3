delete from search_place where record_id = :id
