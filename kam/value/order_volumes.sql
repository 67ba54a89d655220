-- value.order_volumes(as_of DATE)
-- One row: an account and a stretch of days with unchanged rates: what is counted of whole orders that hold a rush line
-- or a return, for the flags and products of time equations. No row where the model in force asks for none of it.
-- Window: (as_of − 12 months, as_of]. An order counts on its first purchase day inside the window, a credit note
-- (a document with a return and without a purchase inside the window) on its first day with a return.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account
--   stretch_from  the stretch's first day
--   credit_notes  documents with a return and without a purchase, count
--   rush_orders  orders with a rush line, count
--   return_orders  orders with a return line, count
--   rush_return_orders  orders with both, count
--   rush_orders_lines  lines of the rush orders, count
--   rush_orders_rush_lines  rush lines of the rush orders, count
--   rush_orders_return_lines  return lines of the rush orders, count
--   return_orders_lines  lines of the orders with a return, count
--   return_orders_rush_lines  rush lines of the orders with a return, count
--   return_orders_return_lines  return lines of the orders with a return, count
-- Identity: rush_orders_rush_lines are the window's rush lines but for those in documents without a purchase.
create or replace macro value.order_volumes(as_of DATE) as table
with asked as (
    select driver as volume
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
    union
    select volume
    from value.cost_terms as term
    join value.cost_model_in_force(as_of) as model on model.model_id = term.model_id
),
-- One row where anything is asked for, none where nothing is: then no line is read.
needed as (
    select count(*) as volume_count
    from asked
    where volume in (
        'credit_notes', 'rush_orders', 'return_orders', 'rush_return_orders', 'rush_orders_lines',
        'rush_orders_rush_lines', 'rush_orders_return_lines', 'return_orders_lines', 'return_orders_rush_lines',
        'return_orders_return_lines'
    )
    having count(*) > 0
),
whole as (
    select
        line.account_id,
        line.order_id,
        min(line.order_date) filter (where line.net_revenue > 0) as purchased_on,
        min(line.order_date) filter (where line.quantity < 0 or line.net_revenue < 0) as returned_on,
        count(*) as lines,
        count(*) filter (where line.is_rush) as rush_lines,
        count(*) filter (where line.quantity < 0 or line.net_revenue < 0) as return_lines
    from ledgers.revenue_lines as line
    cross join needed
    where line.order_date > cast(as_of - interval 12 month as date) and line.order_date <= as_of
    group by line.account_id, line.order_id
)
select
    whole.account_id,
    days.stretch_from,
    count(case when purchased_on is null then 1 end) as credit_notes,
    count(case when purchased_on is not null and rush_lines > 0 then 1 end) as rush_orders,
    count(case when purchased_on is not null and return_lines > 0 then 1 end) as return_orders,
    count(case when purchased_on is not null and rush_lines > 0 and return_lines > 0 then 1 end) as rush_return_orders,
    cast(sum(case when purchased_on is not null and rush_lines > 0 then lines else 0 end) as bigint)
        as rush_orders_lines,
    cast(sum(case when purchased_on is not null and rush_lines > 0 then rush_lines else 0 end) as bigint)
        as rush_orders_rush_lines,
    cast(sum(case when purchased_on is not null and rush_lines > 0 then return_lines else 0 end) as bigint)
        as rush_orders_return_lines,
    cast(sum(case when purchased_on is not null and return_lines > 0 then lines else 0 end) as bigint)
        as return_orders_lines,
    cast(sum(case when purchased_on is not null and return_lines > 0 then rush_lines else 0 end) as bigint)
        as return_orders_rush_lines,
    cast(sum(case when purchased_on is not null and return_lines > 0 then return_lines else 0 end) as bigint)
        as return_orders_return_lines
from whole
join value.rate_days(as_of) as days on days.on_day = coalesce(whole.purchased_on, whole.returned_on)
where whole.rush_lines > 0 or whole.return_lines > 0
group by whole.account_id, days.stretch_from;
