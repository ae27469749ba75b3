select o.id, o.at, o.actor, o.kind, o.what, o.undoes, (select count(*) from change c where c.operation = o.id)
from operation o
order by o.id desc
limit :most
