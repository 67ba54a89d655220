-- segments.revenue(first_day DATE, after_day DATE)
-- One row: an account with at least one line in the window.
-- Window: [first_day, after_day).
-- Columns:
--   account_id  the account
--   revenue_amount  net revenue, returns and credit notes with their sign, reporting currency
create or replace macro segments.revenue(first_day DATE, after_day DATE) as table
select account_id, cast(sum(net_revenue) as decimal(18, 2)) as revenue_amount
from ledgers.months_between(first_day, after_day)
group by account_id;
