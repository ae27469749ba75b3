select
  c.origin, c.origin_seq, c.operation, c.record_kind, c.record_id, c.version, c.image_version, c.removed, c.payload,
  c.salt, c.payload_hash, c.prev_hash, c.hash, o.at, o.actor, o.kind, o.what, o.undoes
from change c
join operation o on o.id = c.operation
where c.origin = :origin
order by c.origin_seq
