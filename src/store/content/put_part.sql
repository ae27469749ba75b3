insert into content_part (sha256, place, data) values (:sha256, :place, :data)
