select bytes from content where sha256 = :sha256
