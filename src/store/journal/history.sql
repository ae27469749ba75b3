select c.version, c.removed, c.payload, o.at, o.actor, o.kind, o.what
from change c
join operation o on o.id = c.operation
where c.record_id = :id
order by c.version
