insert into search_place (record_id, place) values (:id, :place)
