delete from record_link
