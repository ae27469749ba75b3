select kind, count(*) from record group by kind order by kind
