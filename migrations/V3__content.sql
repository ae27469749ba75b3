-- Files inside the workspace: letters, licences, photos, reports as they were sealed. Each stands once, under the SHA-256 of
-- its bytes, in parts small enough to be read one after the other. Records name it; nothing here names a record.

create table content (
  sha256 text primary key,
  bytes integer not null
) strict;

create table content_part (
  sha256 text not null references content (sha256),
  place integer not null,
  data blob not null,
  primary key (sha256, place)
) strict;
