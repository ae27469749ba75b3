delete from remembered where name = :name
