-- value.account_margin(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with at least one line in the window.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id  the account, or the group's topmost account
--   revenue_amount  net revenue, reporting currency
--   uncosted_revenue_amount  net revenue of the lines whose product cost is unknown, reporting currency
--   cogs_amount  product cost of the lines whose cost is known, reporting currency
--   assumed_margin_amount  uncosted revenue × the parameter value.assumed_margin_rate on as_of, to the cent, reporting
--       currency; 0 without such lines, null where there are some and the parameter has no value
--   margin_amount  revenue − uncosted revenue − cogs + assumed margin, reporting currency; null where the last is
--   is_margin_estimated  true where a part of the margin is assumed
-- Identity: a group's margin is the sum of its members' margins, unknown where one of them is.
create or replace macro value.account_margin(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
summed as (
    select
        account_id,
        sum(net_revenue) as revenue_amount,
        sum(uncosted_revenue) as uncosted_revenue_amount,
        sum(cogs) as cogs_amount,
        sum(uncosted_line_count) as uncosted_line_count
    from ledgers.months_between(
        cast(cast(as_of - interval 12 month as date) + interval 1 day as date),
        cast(as_of + interval 1 day as date)
    )
    group by account_id
),
assumed as (
    select
        summed.account_id,
        summed.revenue_amount,
        summed.uncosted_revenue_amount,
        summed.cogs_amount,
        case
            when summed.uncosted_line_count = 0 then 0
            else round(
                cast(summed.uncosted_revenue_amount as decimal(18, 2)) * cast(assumption.value as decimal(12, 8)), 2
            )
        end as assumed_margin_amount,
        summed.uncosted_line_count > 0 and assumption.value is not null as is_margin_estimated
    from summed
    left join (
        select value from parameters.effective(as_of) where parameter_id = 'value.assumed_margin_rate'
    ) as assumption on true
)
select
    units.unit_id as account_id,
    cast(sum(assumed.revenue_amount) as decimal(18, 2)) as revenue_amount,
    cast(sum(assumed.uncosted_revenue_amount) as decimal(18, 2)) as uncosted_revenue_amount,
    cast(sum(assumed.cogs_amount) as decimal(18, 2)) as cogs_amount,
    cast(case
        when count(assumed.assumed_margin_amount) = count(*) then sum(assumed.assumed_margin_amount)
    end as decimal(18, 2)) as assumed_margin_amount,
    cast(case
        when count(assumed.assumed_margin_amount) = count(*) then sum(
            assumed.revenue_amount - assumed.uncosted_revenue_amount - assumed.cogs_amount + assumed.assumed_margin_amount
        )
    end as decimal(18, 2)) as margin_amount,
    bool_or(assumed.is_margin_estimated) as is_margin_estimated
from assumed
join units on units.account_id = assumed.account_id
group by units.unit_id;
