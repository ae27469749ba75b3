delete from search_place
