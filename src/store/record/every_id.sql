select id from record order by id
