-- What follows from other records as well: it changes without a change of the record itself.
update record
set source = :source,
    project_id = :project_id,
    instrument_id = :instrument_id,
    authority_id = :authority_id,
    applicant = :applicant,
    cases = :cases
where id = :id
