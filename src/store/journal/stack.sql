-- Operations from the newest back, from which what can be undone and redone follows.
select id, origin, kind, what, undoes from operation where id < :before order by id desc limit :most
