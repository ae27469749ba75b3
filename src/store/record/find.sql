select id from record where kind = :kind and reference_key = :reference_key
