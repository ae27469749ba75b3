insert into summary (counted, grain, period, source, category_id, stage, outcome, validity, records, cases)
values (:counted, :grain, :period, :source, :category_id, :stage, :outcome, :validity, :records, :cases)
on conflict (counted, grain, period, source, category_id, stage, outcome, validity) do update set
  records = summary.records + excluded.records,
  cases = summary.cases + excluded.cases
