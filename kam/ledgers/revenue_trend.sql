-- ledgers.revenue_trend(as_of DATE, of_account VARCHAR, level VARCHAR := 'account')
-- One row: a calendar month of one account (or, at level 'group', of the group it is the top of), with the same month
-- a year before. 24 rows, the month of as_of last.
-- Window: the 24 calendar months that end with that of as_of, up to as_of; a month before is cut at the same day.
-- Columns:
--   month  the month's first day
--   net_revenue  returns and credit notes with their sign, reporting currency; 0 in a month without a line
--   year_before_revenue  the same of the month a year before, reporting currency
-- Left out: months before the ledger begins; there is no row for an account that is not in the master.
create or replace macro ledgers.revenue_trend(as_of DATE, of_account VARCHAR, level VARCHAR := 'account') as table
with members as (
    select account_id
    from ledgers.account_groups
    where case when level = 'group' then group_id else account_id end = of_account
),
months as (
    select cast(unnest(generate_series(
        date_trunc('month', as_of) - interval 23 months, date_trunc('month', as_of), interval 1 month
    )) as date) as month
),
now as (
    select facts.month, sum(facts.net_revenue) as net_revenue
    from ledgers.months_between(
        cast(date_trunc('month', as_of) - interval 23 months as date), cast(as_of + interval 1 day as date)
    ) as facts
    where facts.account_id in (select account_id from members)
    group by facts.month
),
before as (
    select cast(facts.month + interval 12 months as date) as month, sum(facts.net_revenue) as net_revenue
    from ledgers.months_between(
        cast(date_trunc('month', as_of) - interval 35 months as date),
        cast(as_of - interval 12 months + interval 1 day as date)
    ) as facts
    where facts.account_id in (select account_id from members)
    group by facts.month
),
begins as (
    select date_trunc('month', first_order_on) as first_month from ledgers.extent
)
select
    months.month,
    coalesce(now.net_revenue, 0) as net_revenue,
    case
        when months.month - interval 12 months >= begins.first_month then coalesce(before.net_revenue, 0)
    end as year_before_revenue
from months
cross join begins
left join now on now.month = months.month
left join before on before.month = months.month
where months.month >= begins.first_month and exists (select 1 from members);
