-- ledgers.order_months
-- One row: an order and a calendar month in which it has a positive line, for the orders that have such lines in
-- more than one month. This is the definition of ledgers.spanning_orders.
-- Columns:
--   account_id  the account
--   order_id  the order; an order number used by two accounts is two orders
--   month  the month's first day
create or replace view ledgers.order_months as
with purchased as (
    select distinct account_id, order_id, cast(date_trunc('month', order_date) as date) as month
    from ledgers.revenue_lines
    where net_revenue > 0
)
select purchased.account_id, purchased.order_id, purchased.month
from purchased
join (
    select account_id, order_id
    from purchased
    group by account_id, order_id
    having count(*) > 1
) as spanning on spanning.account_id = purchased.account_id and spanning.order_id = purchased.order_id;
