delete from record where id = :id
