-- When the first operation was written.
select min(at) from operation
