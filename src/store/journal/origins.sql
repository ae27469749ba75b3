select id, head_seq, head_hash, parent, parent_seq, parent_hash from origin order by begun_at, id
