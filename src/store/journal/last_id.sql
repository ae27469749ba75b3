-- The newest id given out, that of a record that is gone included. The newest operation alone is not enough: its records
-- come after it, and where the clock was turned back their ids would be given out again.
select max(newest.id)
from (
  select max(id) as id from operation
  union all
  select max(record_id) as id from change
) newest
