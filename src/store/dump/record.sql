select cast(r.id as text), r.kind, r.source, r.reference, r.title, r.dated_on, r.dated_text, cast(r.parent_id as text),
  cast(r.project_id as text), cast(r.authority_id as text), r.applicant, cast(r.cases as text), r.search_text, c.payload
from record r
join change c on c.origin = r.origin and c.origin_seq = r.origin_seq
order by r.id
