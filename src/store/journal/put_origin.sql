insert into origin (id, begun_at, parent, parent_seq, parent_hash, head_seq, head_hash)
values (:id, :begun_at, :parent, :parent_seq, :parent_hash, 0, :head_hash)
