-- everyday.found_orders(as_of DATE, sought VARCHAR)
-- One row: an order, up to as_of, whose number holds what is sought, and the account it was billed to.
-- Columns:
--   order_id      the order
--   account_id    the account
--   account_name  the account's name; its id where the account master no longer has it
--   ordered_on    day of its first line
--   net_revenue   sum of its lines, reporting currency
--   line_count    its lines
--   nearness      0 the number is what is sought, 1 it begins with it, 2 it stands within
create or replace macro everyday.found_orders(as_of DATE, sought VARCHAR) as table
with found as (
    select order_id, account_id, min(order_date) as ordered_on, sum(net_revenue)::decimal(18, 2) as net_revenue, count(*) as line_count
    from ledgers.revenue_lines
    where order_date <= as_of and contains(lower(order_id), lower(sought))
    group by order_id, account_id
)
select
    found.order_id,
    found.account_id,
    coalesce(accounts.name, found.account_id) as account_name,
    found.ordered_on,
    found.net_revenue,
    found.line_count,
    case
        when lower(found.order_id) = lower(sought) then 0
        when starts_with(lower(found.order_id), lower(sought)) then 1
        else 2
    end as nearness
from found
left join ledgers.accounts on accounts.account_id = found.account_id;
