-- What shipments took of a lot; a line that several funds share stands in several rows.
select record_id, on_day, site_id, item_id, cast(sum(quantity) as bigint)
from goods
where lot_id = :lot_id and role = 'shipped'
group by record_id, on_day, site_id, item_id
order by on_day, record_id, site_id, item_id
