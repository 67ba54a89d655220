-- ledgers.months_between(first_day DATE, after_day DATE)
-- One row: an account and a calendar month with at least one line in the window. Whole months come from the kept
-- ledgers.account_month; a month that the window cuts is counted from its lines, so any two days give exact sums.
-- Window: [first_day, after_day).
-- Columns:
--   account_id  the account
--   month  the month's first day, also where the window begins later in it
--   net_revenue  sum of the lines, returns and credit notes with their sign, reporting currency
--   positive_revenue  sum of the lines with net revenue above 0
--   return_amount  less the sum of the lines with net revenue below 0, so that it is positive
--   list_revenue  list value of the lines; null unless every line has one
--   cogs  product cost of the lines whose cost is known
--   uncosted_revenue  net revenue of the lines whose cost is unknown
--   line_count  lines
--   uncosted_line_count  lines whose cost is unknown
--   rush_line_count  lines marked as rush
--   return_line_count  lines with negative quantity or negative net revenue
--   order_count  distinct orders with a positive line in this month
--   order_day_count  distinct days with a positive line
--   purchase_days  those days as a bit mask, bit 0 for the month's first day
--   first_order_on  first day with a positive line; null where there is none
--   last_order_on  last day with a positive line; null where there is none
-- Identity: over two windows that meet, the sums add up to those of the whole.
create or replace macro ledgers.months_between(first_day DATE, after_day DATE) as table
select
    account_id, month, net_revenue, positive_revenue, return_amount, list_revenue, cogs, uncosted_revenue,
    line_count, uncosted_line_count, rush_line_count, return_line_count, order_count, order_day_count,
    purchase_days, first_order_on, last_order_on
from ledgers.account_month
where month >= first_day and month < date_trunc('month', after_day)
union all
-- The month that first_day cuts; nothing where it is a month's first day.
select
    account_id, month, net_revenue, positive_revenue, return_amount, list_revenue, cogs, uncosted_revenue,
    line_count, uncosted_line_count, rush_line_count, return_line_count, order_count, order_day_count,
    purchase_days, first_order_on, last_order_on
from ledgers.month_facts(
    first_day,
    cast(case
        when day(first_day) = 1 then first_day
        else least(after_day, cast(date_trunc('month', first_day) + interval 1 month as date))
    end as date),
    false
)
union all
-- The month that after_day cuts; nothing where it is a month's first day, or first_day lies in the same month.
select
    account_id, month, net_revenue, positive_revenue, return_amount, list_revenue, cogs, uncosted_revenue,
    line_count, uncosted_line_count, rush_line_count, return_line_count, order_count, order_day_count,
    purchase_days, first_order_on, last_order_on
from ledgers.month_facts(
    cast(case
        when date_trunc('month', after_day) >= first_day then date_trunc('month', after_day)
        else after_day
    end as date),
    after_day,
    false
);
