-- What stands on a day where somebody has to act: open requests, goods that are held, trips without an answer. Matters
-- bear the status of their newest filing and are left out by the caller.
select r.id, r.kind, r.source, r.reference, r.title, r.applicant, r.authority_id, r.parent_id, s.headline, s.since_on,
  s.was, s.until_text
from span s
join record r on r.id = s.record_id
where s.headline in (
    'sent', 'registered', 'question_open', 'on_hold', 'intent_to_deny', 'letter_pending', 'last_known',
    'national_review', 'draft', 'held', 'returned_unregistered', 'in_approval'
  )
  and s.to_on > :day
  and s.from_on <= :day
order by s.since_on, r.id
