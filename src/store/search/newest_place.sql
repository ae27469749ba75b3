select max(place) from search_place where place >= :low and place < :high
