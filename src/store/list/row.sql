select r.id, r.version, r.kind, r.source, r.reference, r.title, r.applicant, r.dated_text,
  a.reference, a.title, i.reference, i.title, p.reference, t.reference,
  s.headline, s.stage, s.outcome, s.validity, s.was, s.since_on, s.begun_text, s.settled_text, s.until_text
from record r
left join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
left join record a on a.id = r.authority_id
left join record i on i.id = r.instrument_id
left join record p on p.id = r.project_id
left join record t on t.id = r.parent_id
where r.id = :id
