select r.id, r.kind, r.version, r.reference, r.title, r.parent_id, r.origin, r.origin_seq, c.payload
from record r
join change c on c.origin = r.origin and c.origin_seq = r.origin_seq
where r.id = :id
