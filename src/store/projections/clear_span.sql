delete from span
