-- Ends of our own permissions that lie ahead on a day, the nearest first, where no newer filing of the matter is under way.
select r.id, r.reference, r.title, r.parent_id, r.authority_id, d.due_on, d.known_on
from deadline d
join record r on r.id = d.record_id and r.kind = 'permission' and r.source = 'own'
left join span s on s.record_id = r.parent_id and s.from_on <= :day and s.to_on > :day
where d.due_on >= :day
  and d.due_on <= :to_day
  and d.owed = 0
  and d.known_on <= :day
  and (d.closed_on = '' or d.closed_on > :day)
  and coalesce(s.stage, '') not in (
    'sent', 'registered', 'question_open', 'on_hold', 'intent_to_deny', 'letter_pending', 'national_review'
  )
order by d.due_on, d.record_id
limit :most
