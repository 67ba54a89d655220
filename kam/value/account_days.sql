-- value.account_days(as_of DATE)
-- One row: an account and a day up to as_of on which the ledger has a line of it.
-- Columns:
--   account_id  the account
--   on_day  the day
--   sales_amount  net revenue of the lines above 0, reporting currency; the day is a purchase where it is above 0
--   net_amount  net revenue of all lines, returns and credit notes with their sign, reporting currency
-- Identity: net_amount over all rows = net revenue of the ledger up to as_of.
create or replace macro value.account_days(as_of DATE) as table
select
    account_id,
    order_date as on_day,
    cast(sum(case when net_revenue > 0 then net_revenue else 0 end) as decimal(18, 2)) as sales_amount,
    cast(sum(net_revenue) as decimal(18, 2)) as net_amount
from ledgers.revenue_lines
where order_date <= as_of
group by account_id, order_date;
