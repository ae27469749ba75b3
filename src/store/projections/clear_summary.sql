delete from summary
