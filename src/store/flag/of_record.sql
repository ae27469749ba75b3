select since_on, what from flag where record_id = :id order by number
