insert into content (sha256, bytes) values (:sha256, :bytes)
