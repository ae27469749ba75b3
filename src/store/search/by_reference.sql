select id
from record
where kind = :kind and reference_key >= :low and reference_key < :high
order by reference_key
limit cast(:most as bigint)
