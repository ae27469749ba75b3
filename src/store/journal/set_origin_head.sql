update origin set head_seq = :head_seq, head_hash = :head_hash where id = :id
