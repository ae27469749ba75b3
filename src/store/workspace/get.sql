select value from workspace where name = :name
