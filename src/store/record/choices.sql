select id, kind, reference, title from record where kind = :kind order by title_key, id
