-- The newest change of a record, also of one that is gone.
select origin, origin_seq, version, operation from change where record_id = :id order by version desc limit 1
