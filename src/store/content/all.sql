select sha256, bytes from content order by sha256
