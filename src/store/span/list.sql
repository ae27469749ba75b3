select from_on, to_on, since_on, stage, outcome, validity, was, begun_text, settled_text, until_text
from span
where record_id = :id
order by from_on
