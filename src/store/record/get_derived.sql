select source, project_id, instrument_id, authority_id, applicant, cases from record where id = :id
