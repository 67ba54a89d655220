-- The same of the file with eight columns.
create or replace temp view drawn as
select *
from read_csv(
    getvariable('file'),
    header = true,
    auto_detect = false,
    columns = {
        'order_id': 'varchar', 'line_no': 'integer', 'account_id': 'varchar', 'order_date': 'date',
        'product_id': 'varchar', 'quantity': 'decimal(18, 4)', 'net_revenue': 'decimal(18, 2)', 'cogs': 'decimal(18, 2)'
    }
);
