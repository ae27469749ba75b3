-- Marks that keep a deadline out of sight on a day because it was put off, with the record whose deadline it is; the one
-- that is shown again first comes first. The index of headlines says by itself which spans are meant.
select m.id, r.id, r.kind, r.source, r.reference, r.title, r.parent_id, r.authority_id, s.until_on
from span k
join span s on s.record_id = k.record_id and s.from_on = k.from_on
join record m on m.id = k.record_id
join record r on r.id = m.parent_id
where k.headline = 'put_off'
  and k.to_on > :day
  and k.from_on <= :day
  and (cast(:source as text) is null or r.source = :source)
order by s.until_on, m.id
limit :most
