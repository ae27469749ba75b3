select count(*) from record_link
