select id, kind from record where parent_id = :parent_id order by id
