-- Ends of our own permissions that lie ahead on a day, the nearest first, where no newer filing of the matter is under way.
-- They are read from the spans: to put the end itself off must not hide that one has to ask.
select r.id, r.reference, r.title, r.parent_id, r.authority_id, s.until_on
from record r
join span s on s.record_id = r.id and s.from_on <= :day and s.to_on > :day
left join span m on m.record_id = r.parent_id and m.from_on <= :day and m.to_on > :day
where r.kind = 'permission'
  and r.source = 'own'
  and s.until_on >= :day
  and s.until_on <= :to_day
  and s.validity in ('active', 'expiring', 'not_yet', 'suspended')
  and coalesce(m.stage, '') not in (
    'sent', 'registered', 'question_open', 'on_hold', 'intent_to_deny', 'letter_pending', 'national_review'
  )
order by s.until_on, r.id
limit :most
