-- How many filings were known on a day, sent or not.
select r.authority_id, cast(count(*) as bigint)
from record r
join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
where r.kind = 'request'
  and r.source = :source
group by r.authority_id
