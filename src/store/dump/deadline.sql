select cast(record_id as text), cast(number as text), cast(owed as text), what, due_on, known_on, closed_on
from deadline
order by record_id, number
