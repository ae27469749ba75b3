select data from content_part where sha256 = :sha256 and place = :place
