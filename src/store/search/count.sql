select count(*) from search_place
