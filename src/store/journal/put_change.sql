insert into change (
  origin, origin_seq, operation, record_kind, record_id, version, image_version, removed, payload, salt, payload_hash,
  prev_hash, hash
) values (
  :origin, :origin_seq, :operation, :record_kind, :record_id, :version, :image_version, :removed, :payload, :salt,
  :payload_hash, :prev_hash, :hash
)
