-- verification.stale_account_months
-- One row: an account-month whose kept figures are not those of its order lines. Empty in a sound database.
-- Columns:
--   account_id     the account
--   month          first day of the month
--   kept_revenue   net revenue in ledgers.account_month, reporting currency; null where it has no such row
--   line_revenue   net revenue of the order lines, reporting currency; null where there are none
create or replace view verification.stale_account_months as
with counted as (
    select account_id, date_trunc('month', order_date)::date as month, sum(net_revenue) as net_revenue, count(*) as line_count
    from ledgers.revenue_lines
    group by all
)
select
    coalesce(kept.account_id, counted.account_id) as account_id,
    coalesce(kept.month, counted.month) as month,
    kept.net_revenue as kept_revenue,
    counted.net_revenue as line_revenue
from ledgers.account_month as kept
full join counted on counted.account_id = kept.account_id and counted.month = kept.month
where kept.net_revenue is distinct from counted.net_revenue or kept.line_count is distinct from counted.line_count;
