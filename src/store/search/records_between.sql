select place, record_id from search_place where place >= :low and place <= :high
