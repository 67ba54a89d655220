-- value.ledger_volumes(as_of DATE)
-- One row: an account and a stretch of days with unchanged rates (value.rate_days): what the ledger itself counts.
-- Window: (as_of − 12 months, as_of]. An order counts once, on its first purchase day inside the window.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account
--   stretch_from  the stretch's first day
--   orders  distinct orders with a purchase, count
--   lines  order lines, count
--   rush_lines  lines marked as rush, count
--   return_lines  lines with negative quantity or negative net revenue, count
-- Identity: over an account's stretches, orders add up to ledgers.account_facts.orders_12m, lines to line_count_12m.
create or replace macro value.ledger_volumes(as_of DATE) as table
with window_days as (
    select
        on_day,
        stretch_from,
        cast(date_trunc('month', on_day) as date) as month
    from value.rate_days(as_of)
),
-- Months that lie in one stretch as a whole come from the account months; the others are counted by day.
whole_months as (
    select month, min(stretch_from) as stretch_from
    from window_days
    group by month
    having min(stretch_from) = max(stretch_from)
        and count(*) = date_diff('day', month, cast(month + interval 1 month as date))
),
cut_days as (
    select window_days.on_day, window_days.stretch_from, window_days.month
    from window_days
    left join whole_months on whole_months.month = window_days.month
    where whole_months.month is null
),
cut_lines as (
    select
        line.account_id,
        line.order_id,
        cut_days.on_day,
        cut_days.stretch_from,
        cut_days.month,
        line.net_revenue > 0 as is_purchase,
        case when line.is_rush then 1 else 0 end as rush_lines,
        case when line.quantity < 0 or line.net_revenue < 0 then 1 else 0 end as return_lines
    from ledgers.revenue_lines as line
    join cut_days on cut_days.on_day = line.order_date
    where line.order_date > cast(as_of - interval 12 month as date) and line.order_date <= as_of
),
cut_orders as (
    select account_id, order_id, month, min(on_day) as first_day, min(stretch_from) as stretch_from
    from cut_lines
    where is_purchase
    group by account_id, order_id, month
),
-- An order that spans months was counted in each of them: all but the first go again.
presences as (
    select spanning.account_id, spanning.order_id, spanning.month, whole_months.stretch_from
    from ledgers.spanning_orders as spanning
    join whole_months on whole_months.month = spanning.month
    union all
    select spanning.account_id, spanning.order_id, spanning.month, cut_orders.stretch_from
    from ledgers.spanning_orders as spanning
    join cut_orders
        on cut_orders.account_id = spanning.account_id
        and cut_orders.order_id = spanning.order_id
        and cut_orders.month = spanning.month
),
repeats as (
    select
        account_id,
        stretch_from,
        row_number() over (partition by account_id, order_id order by month) as place
    from presences
),
counted as (
    select
        held.account_id,
        whole_months.stretch_from,
        held.order_count as orders,
        held.line_count as lines,
        held.rush_line_count as rush_lines,
        held.return_line_count as return_lines
    from ledgers.account_month as held
    join whole_months on whole_months.month = held.month
    union all
    select account_id, stretch_from, 0, count(*), sum(rush_lines), sum(return_lines)
    from cut_lines
    group by account_id, stretch_from
    union all
    select account_id, stretch_from, count(*), 0, 0, 0
    from cut_orders
    group by account_id, stretch_from
    union all
    select account_id, stretch_from, -count(*), 0, 0, 0
    from repeats
    where place > 1
    group by account_id, stretch_from
)
select
    account_id,
    stretch_from,
    cast(sum(orders) as bigint) as orders,
    cast(sum(lines) as bigint) as lines,
    cast(sum(rush_lines) as bigint) as rush_lines,
    cast(sum(return_lines) as bigint) as return_lines
from counted
group by account_id, stretch_from;
