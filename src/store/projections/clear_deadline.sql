delete from deadline
