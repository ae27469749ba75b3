select origin, origin_seq, record_kind, record_id, version
from change
where operation = :operation
order by origin_seq
