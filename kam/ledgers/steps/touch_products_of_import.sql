insert into ledgers.touched_months
select distinct line.account_id, cast(date_trunc('month', line.order_date) as date)
from ledgers.order_lines as line
where line.cogs is null
    and line.product_id in (
        select product_id from ledgers.products where import_id = $import_id
        union
        select json_extract_string(row_image, '$.product_id')
        from ledgers.before_images
        where import_id = $import_id and table_name = 'products'
    );
