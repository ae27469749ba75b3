select record_id from search_place where place = :place
