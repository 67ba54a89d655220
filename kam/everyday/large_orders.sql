-- everyday.large_orders(as_of DATE)
-- One row: an order of the window that is large for the account itself: at least everyday.large_order_factor times the median of its
-- orders of the 24 months up to as_of. What other accounts buy plays no part.
-- The window is (as_of − everyday.moment_window_days, as_of].
-- Columns:
--   account_id     the account
--   order_id       the order
--   ordered_on     day of its first line
--   net_revenue    sum of its lines, reporting currency
--   usual_revenue  the median of the account's orders, reporting currency
create or replace macro everyday.large_orders(as_of DATE) as table
with held as (
    select
        max(value) filter (where parameter_id = 'everyday.moment_window_days')::integer as window_days,
        max(value) filter (where parameter_id = 'everyday.large_order_factor') as factor
    from parameters.effective(as_of)
),
orders as (
    select account_id, order_id, min(order_date) as ordered_on, sum(net_revenue)::decimal(18, 2) as net_revenue
    from ledgers.revenue_lines
    where order_date <= as_of and order_date > as_of - interval 24 months
    group by account_id, order_id
    having sum(net_revenue) > 0
),
usual as (
    select account_id, median(net_revenue)::decimal(18, 2) as usual_revenue
    from orders
    group by account_id
)
select orders.account_id, orders.order_id, orders.ordered_on, orders.net_revenue, usual.usual_revenue
from orders
join usual on usual.account_id = orders.account_id
cross join held
where orders.ordered_on > as_of - held.window_days and orders.net_revenue >= held.factor * usual.usual_revenue;
