-- The newest operations of this origin, from which what can be undone and redone follows.
select id, kind, what, undoes from operation where origin = :origin order by id desc limit :most
