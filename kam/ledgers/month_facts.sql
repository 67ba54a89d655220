-- ledgers.month_facts(first_day DATE, after_day DATE, only_touched BOOLEAN)
-- One row: an account and a calendar month with at least one line in the window, counted from the lines themselves.
-- Window: [first_day, after_day). only_touched: of the account-months in ledgers.touched_months alone.
-- This is the definition of ledgers.account_month; read that (or ledgers.months_to) instead where whole months will do.
-- Columns:
--   account_id  the account
--   month  the month's first day
--   net_revenue  sum of the lines, returns and credit notes with their sign, reporting currency
--   positive_revenue  sum of the lines with net revenue above 0
--   return_amount  less the sum of the lines with net revenue below 0, so that it is positive
--   list_revenue  list value of the lines; null unless every line has one
--   cogs  product cost of the lines whose cost is known: as the file gave it, else quantity × standard cost of the
--       product, rounded to the cent at the line
--   uncosted_revenue  net revenue of the lines whose cost is unknown
--   line_count  lines
--   uncosted_line_count  lines whose cost is unknown
--   rush_line_count  lines marked as rush
--   return_line_count  lines with negative quantity or negative net revenue
--   order_count  distinct orders with a positive line in this month
--   order_day_count  distinct days with a positive line
--   purchase_days  those days as a bit mask, bit 0 for the month's first day
--   first_order_on  first day with a positive line; null where there is none
--   last_order_on  last day with a positive line; null where there is none
-- Identity: net_revenue = positive_revenue − return_amount.
create or replace macro ledgers.month_facts(first_day DATE, after_day DATE, only_touched BOOLEAN) as table
with costed as (
    select
        line.account_id,
        line.order_id,
        cast(date_trunc('month', line.order_date) as date) as month,
        line.quantity,
        line.net_revenue,
        line.list_revenue,
        line.is_rush,
        coalesce(line.cogs, round(line.quantity * product.standard_cost, 2)) as cost_amount,
        case when line.net_revenue > 0 then line.order_date end as purchased_on
    from ledgers.revenue_lines as line
    left join ledgers.products as product on product.product_id = line.product_id
    where line.order_date >= first_day and line.order_date < after_day
),
wanted as (
    select * from costed
    where not only_touched
        or exists (
            select 1 from ledgers.touched_months as touched
            where touched.account_id = costed.account_id and touched.month = costed.month
        )
),
summed as (
    select
        account_id,
        month,
        sum(net_revenue) as net_revenue,
        coalesce(sum(net_revenue) filter (where net_revenue < 0), 0) as negative_revenue,
        case when count(list_revenue) = count(*) then sum(list_revenue) end as list_revenue,
        coalesce(sum(cost_amount), 0) as cogs,
        coalesce(sum(net_revenue) filter (where cost_amount is null), 0) as uncosted_revenue,
        count(*) as line_count,
        count(cost_amount) as costed_line_count,
        count(*) filter (where is_rush) as rush_line_count,
        count(*) filter (where quantity < 0 or net_revenue < 0) as return_line_count,
        count(distinct order_id) filter (where net_revenue > 0) as order_count,
        coalesce(bit_or(1 << (day(purchased_on) - 1)), 0) as purchase_days,
        min(purchased_on) as first_order_on,
        max(purchased_on) as last_order_on
    from wanted
    group by account_id, month
)
select
    account_id,
    month,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(net_revenue - negative_revenue as decimal(18, 2)) as positive_revenue,
    cast(-negative_revenue as decimal(18, 2)) as return_amount,
    cast(list_revenue as decimal(18, 2)) as list_revenue,
    cast(cogs as decimal(18, 2)) as cogs,
    cast(uncosted_revenue as decimal(18, 2)) as uncosted_revenue,
    line_count,
    line_count - costed_line_count as uncosted_line_count,
    rush_line_count,
    return_line_count,
    order_count,
    cast(bit_count(purchase_days) as bigint) as order_day_count,
    cast(purchase_days as integer) as purchase_days,
    first_order_on,
    last_order_on
from summed;
