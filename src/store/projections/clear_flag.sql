delete from flag
