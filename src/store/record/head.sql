select id, kind, version, reference, title, parent_id, origin, origin_seq from record where id = :id
