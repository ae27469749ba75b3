select cast(record_id as text), from_on, to_on, since_on, headline, outcome, validity, begun_text, settled_text, until_text
from span
order by record_id, from_on
