-- Lines in another currency whose amount under today's rates is not the one they hold.
create or replace temp table reconverted as
with rated as (
    select
        line.order_id,
        line.line_no,
        line.account_id,
        line.order_date,
        line.net_revenue as held_revenue,
        line.list_revenue as held_list_revenue,
        line.cogs as held_cogs,
        line.original_net_revenue,
        line.original_list_revenue,
        line.original_cogs,
        cast(rates.rate as decimal(20, 12)) as rate
    from ledgers.order_lines as line
    asof join ledgers.exchange_rates as rates
        on rates.currency = line.currency and rates.valid_from <= line.order_date
    where line.currency <> $reporting
),
converted as (
    select
        rated.*,
        cast(round(original_net_revenue * rate, 2) as decimal(18, 2)) as net_revenue,
        cast(round(original_list_revenue * rate, 2) as decimal(18, 2)) as list_revenue,
        cast(round(original_cogs * rate, 2) as decimal(18, 2)) as cogs
    from rated
)
select order_id, line_no, account_id, order_date, net_revenue, list_revenue, cogs
from converted
where net_revenue is distinct from held_revenue
    or list_revenue is distinct from held_list_revenue
    or cogs is distinct from held_cogs;
