-- A ledger of $lines order lines of $accounts accounts over three years, in the order of its days.
create or replace table lines as
select
    'O' || (i // 4) as order_id,
    cast(i % 4 + 1 as integer) as line_no,
    'A' || lpad(
        cast(cast(((hash(i // 4) % 1000000) / 1000000.0) ** 2 * $accounts as integer) as varchar), 6, '0'
    ) as account_id,
    cast(date '2023-01-01' + cast(((i // 4) * 1095) // ($lines // 4 + 1) as integer) as date) as order_date,
    'P' || (hash(i + 7) % 500) as product_id,
    cast(hash(i + 3) % 40 + 1 as decimal(18, 4)) as quantity,
    cast((hash(i + 5) % 1000000) / 100.0 as decimal(18, 2)) as net_revenue,
    cast((hash(i + 6) % 500000) / 100.0 as decimal(18, 2)) as cogs
from range($lines) as t(i);
