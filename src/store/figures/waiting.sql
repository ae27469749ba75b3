-- What stands on a day where somebody has to act: open requests, goods that are held, trips without an answer; what fell
-- silent comes last. Matters bear the status of their newest filing and are left out. The index of headlines says by itself which spans
-- are meant (k), so that no other span (s) is read.
select r.id, r.kind, r.source, r.reference, r.title, r.applicant, r.authority_id, r.parent_id, s.headline, s.since_on,
  s.was, s.until_text
from span k
join span s on s.record_id = k.record_id and s.from_on = k.from_on
join record r on r.id = k.record_id
where k.headline in (
    'sent', 'registered', 'question_open', 'on_hold', 'intent_to_deny', 'letter_pending', 'last_known',
    'national_review', 'draft', 'held', 'returned_unregistered', 'in_approval'
  )
  and k.to_on > :day
  and k.from_on <= :day
  and r.kind <> 'matter'
  and (cast(:source as text) is null or r.source = :source)
order by case when s.headline = 'last_known' then 1 else 0 end, s.since_on, r.id
limit :most
