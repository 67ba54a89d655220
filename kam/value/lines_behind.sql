-- value.lines_behind(as_of DATE, of_account VARCHAR)
-- One row: an order line or a recorded activity of the account, that its figures of the window rest on.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   on_day  the day
--   kind  order_line, rush_line, return_line (of the ledger) or activity
--   reference  order and line number, or the activity's code
--   product_id  the product; null of activities
--   quantity  pieces, or events
--   net_revenue  reporting currency; null of activities
--   cost_amount  product cost, as the line or the product's standard cost gives it, reporting currency; null where unknown
--   minutes  minutes that were measured; null where none were, and of lines
create or replace macro value.lines_behind(as_of DATE, of_account VARCHAR) as table
select
    line.order_date as on_day,
    case
        when line.quantity < 0 or line.net_revenue < 0 then 'return_line'
        when line.is_rush then 'rush_line'
        else 'order_line'
    end as kind,
    line.order_id || ' / ' || line.line_no as reference,
    line.product_id,
    line.quantity,
    line.net_revenue,
    cast(coalesce(line.cogs, round(line.quantity * product.standard_cost, 2)) as decimal(18, 2)) as cost_amount,
    cast(null as decimal(18, 2)) as minutes
from ledgers.revenue_lines as line
left join ledgers.products as product on product.product_id = line.product_id
where line.account_id = of_account
    and line.order_date > cast(as_of - interval 12 month as date)
    and line.order_date <= as_of
union all
select
    activity.occurred_on, 'activity', activity.activity_code, null, activity.quantity, null, null, activity.minutes
from ledgers.activities as activity
where activity.account_id = of_account
    and activity.occurred_on > cast(as_of - interval 12 month as date)
    and activity.occurred_on <= as_of;
