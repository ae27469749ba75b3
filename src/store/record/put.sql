insert into record (
  id, kind, version, source, reference, reference_key, title, title_key, dated_on, dated_text, parent_id, project_id,
  instrument_id, authority_id, applicant, cases, search_text, origin, origin_seq
) values (
  :id, :kind, :version, :source, :reference, :reference_key, :title, :title_key, :dated_on, :dated_text, :parent_id,
  :project_id, :instrument_id, :authority_id, :applicant, :cases, :search_text, :origin, :origin_seq
)
on conflict (id) do update set
  version = excluded.version,
  reference = excluded.reference,
  reference_key = excluded.reference_key,
  title = excluded.title,
  title_key = excluded.title_key,
  dated_on = excluded.dated_on,
  dated_text = excluded.dated_text,
  parent_id = excluded.parent_id,
  search_text = excluded.search_text,
  origin = excluded.origin,
  origin_seq = excluded.origin_seq
