select g.record_id, g.place, r.kind, r.reference, r.title, g.source, g.number, g.on_day, g.item_id, i.reference, i.title,
  g.unit, p.reference, f.reference, s.title, l.reference, g.quantity, x.headline
from goods g
join record r on r.id = g.record_id
left join record i on i.id = g.item_id
left join record p on p.id = g.project_id
left join record f on f.id = g.fund_id
left join record s on s.id = g.site_id
left join record l on l.id = g.lot_id
left join span x on x.record_id = g.record_id and x.from_on <= :day and x.to_on > :day
where g.record_id = :record_id and g.place = :place
