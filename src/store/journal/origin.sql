select head_seq, head_hash from origin where id = :id
