select cast(record_id as text), cast(number as text), since_on, what from flag order by record_id, number
