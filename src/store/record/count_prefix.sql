select max(reference_key) from record where kind = :kind and reference_key >= :low and reference_key < :high
