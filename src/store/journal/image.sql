select record_kind, removed, payload from change where record_id = :id and version = :version
