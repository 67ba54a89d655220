-- Lines whose cost follows from a product of this import.
insert into ledgers.touched_months
select distinct line.account_id, cast(date_trunc('month', line.order_date) as date)
from ledgers.order_lines as line
where line.cogs is null and line.product_id in (select product_id from ledgers.products where import_id = $import_id);
