select id, at, actor, kind, what, undoes from operation where id = :id
