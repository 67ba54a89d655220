-- ledgers.order_months
-- One row: an order and a calendar month in which it has a positive line, for the orders that have such lines in
-- more than one month. This is the definition of ledgers.spanning_orders.
-- Columns:
--   account_id  the account
--   order_id  the order; an order number used by two accounts is two orders
--   month  the month's first day
create or replace view ledgers.order_months as
-- The orders by the months of their first and last purchase first: telling all their months apart takes half as long again.
with spanning as (
    select account_id, order_id
    from ledgers.revenue_lines
    where net_revenue > 0
    group by account_id, order_id
    having date_trunc('month', min(order_date)) <> date_trunc('month', max(order_date))
)
select distinct
    spanning.account_id, spanning.order_id, cast(date_trunc('month', line.order_date) as date) as month
from ledgers.revenue_lines as line
join spanning on spanning.account_id = line.account_id and spanning.order_id = line.order_id
where line.net_revenue > 0;
