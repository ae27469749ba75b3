insert into operation (id, origin, at, actor, kind, what, undoes)
values (:id, :origin, :at, :actor, :kind, :what, :undoes)
