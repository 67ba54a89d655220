-- A ledger of $lines order lines of $accounts accounts over three years, in the order of its days: all columns that a file of
-- order lines may bring, three orders in a hundred returned, one in twenty in a rush.
create or replace table lines as
with drawn as (
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
        cast((hash(i + 6) % 500000) / 100.0 as decimal(18, 2)) as cogs,
        hash(i // 4 + 11) as kind
    from range($lines) as t(i)
),
signed as (
    select *, case when kind % 100 < 3 then -1 else 1 end as sign from drawn
)
select
    order_id,
    line_no,
    account_id,
    order_date,
    product_id,
    cast(sign * quantity as decimal(18, 4)) as quantity,
    cast(sign * net_revenue as decimal(18, 2)) as net_revenue,
    cast(sign * net_revenue * (100 + kind % 25) / 100 as decimal(18, 2)) as list_revenue,
    cast(sign * cogs as decimal(18, 2)) as cogs,
    'EUR' as currency,
    kind % 20 = 7 as is_rush
from signed;

-- The eight columns that every ledger has.
create or replace view few as
select order_id, line_no, account_id, order_date, product_id, quantity, net_revenue, cogs from lines;

-- One line in 100,000 has no day.
create or replace view faulty as
select * replace (case when rowid % 100000 = 50000 then 'no day' else cast(order_date as varchar) end as order_date) from lines;

-- As a German system writes it.
create or replace view local as
select
    order_id,
    line_no,
    account_id,
    strftime(order_date, '%d.%m.%Y') as order_date,
    product_id || 'ä' as product_id,
    replace(cast(quantity as varchar), '.', ',') as quantity,
    replace(cast(net_revenue as varchar), '.', ',') as net_revenue,
    replace(cast(list_revenue as varchar), '.', ',') as list_revenue,
    replace(cast(cogs as varchar), '.', ',') as cogs,
    currency,
    case when is_rush then 'ja' else 'nein' end as is_rush
from lines;
