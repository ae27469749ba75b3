select hash from change where origin = :origin and origin_seq = :origin_seq
