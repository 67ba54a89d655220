-- everyday.beginnings(as_of DATE, of_days INTEGER)
-- One row: an account that bought up to as_of, and what it bought in the first of_days days from its first purchase on.
-- Columns:
--   account_id     the account
--   first_on       day of its first purchase in the ledger
--   is_new_here    true where that day lies at least everyday.ledger_head_days after the ledger's first: before, nobody can tell whether
--                  it was really the first
--   order_count    orders of those days, count
--   revenue        net revenue of those days, reporting currency
--   product_count  distinct products of those days, count; null where no line names one
create or replace macro everyday.beginnings(as_of DATE, of_days INTEGER) as table
with held as (
    select max(value) filter (where parameter_id = 'everyday.ledger_head_days')::integer as head_days
    from parameters.effective(as_of)
),
firsts as (
    select account_id, min(order_date) as first_on
    from ledgers.revenue_lines
    where order_date <= as_of and net_revenue > 0
    group by account_id
),
ledger as (
    select min(first_on) as begins_on from firsts
)
select
    firsts.account_id,
    firsts.first_on,
    any_value(firsts.first_on >= ledger.begins_on + held.head_days) as is_new_here,
    count(distinct lines.order_id) as order_count,
    sum(lines.net_revenue)::decimal(18, 2) as revenue,
    nullif(count(distinct lines.product_id), 0) as product_count
from firsts
cross join ledger
cross join held
join ledgers.revenue_lines as lines
    on lines.account_id = firsts.account_id and lines.order_date <= as_of
    and lines.order_date >= firsts.first_on and lines.order_date < firsts.first_on + of_days
group by firsts.account_id, firsts.first_on;
