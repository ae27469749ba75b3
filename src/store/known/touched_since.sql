-- The records that operations after this one touched.
select distinct record_kind, record_id from change where operation > :operation order by record_id
