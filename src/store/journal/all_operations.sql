select id, actor, what from operation where cast(:until as bigint) is null or id <= :until order by id
