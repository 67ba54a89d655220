insert into ledgers.touched_months
select distinct account_id, cast(date_trunc('month', order_date) as date)
from ledgers.order_lines
where import_id = $import_id
    or (order_id, line_no) in (
        select (json_extract_string(row_image, '$.order_id'), cast(json_extract_string(row_image, '$.line_no') as integer))
        from ledgers.before_images
        where import_id = $import_id and table_name = 'order_lines'
    );
