select max(id) from operation
