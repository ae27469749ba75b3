insert into span (
  record_id, from_on, to_on, since_on, headline, stage, outcome, validity, was, begun_on, begun_text, settled_on,
  settled_text, until_on, until_text
) values (
  :record_id, :from_on, :to_on, :since_on, :headline, :stage, :outcome, :validity, :was, :begun_on, :begun_text,
  :settled_on, :settled_text, :until_on, :until_text
)
