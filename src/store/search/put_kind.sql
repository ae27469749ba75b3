insert into search_kind (kind, number)
values (:kind, (select coalesce(max(k.number), 0) + 1 from search_kind k))
