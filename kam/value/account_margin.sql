-- value.account_margin(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with at least one line in the window.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   revenue_amount  net revenue, reporting currency
--   uncosted_revenue_amount  net revenue of the lines whose product cost is unknown, reporting currency
--   cogs_amount  product cost of the lines whose cost is known, reporting currency
--   assumed_margin_amount  uncosted revenue × the margin rate assumed for the product's category on as_of
--       (value.category_uncosted), of other lines × the parameter value.assumed_margin_rate, each to the cent, reporting
--       currency; 0 without such lines, null where there are some without a rate
--   off_invoice_amount  rebates, bonuses and allowances traced to it, reporting currency; null where none was recorded
--   margin_amount  revenue − off-invoice items where recorded − uncosted revenue − cogs + assumed margin (the pocket
--       margin of METHOD 4.3), reporting currency; null where the last is
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
by_category as (
    select
        account_id,
        sum(line_count) as line_count,
        sum(revenue_amount) as revenue_amount,
        case when count(assumed_margin_amount) = count(*) then sum(assumed_margin_amount) end as assumed_margin_amount
    from value.category_uncosted(as_of)
    group by account_id
),
off_invoice as (
    select account_id, sum(cost_amount) as amount
    from value.direct_cost_amounts(as_of, level := level)
    where is_off_invoice
    group by account_id
),
assumed as (
    select
        summed.account_id,
        summed.revenue_amount,
        summed.uncosted_revenue_amount,
        summed.cogs_amount,
        case when by_category.account_id is null then 0 else by_category.assumed_margin_amount end
            + case
                when summed.uncosted_line_count - coalesce(by_category.line_count, 0) = 0 then 0
                else round(
                    cast(
                        summed.uncosted_revenue_amount - coalesce(by_category.revenue_amount, 0) as decimal(18, 2)
                    ) * cast(assumption.value as decimal(12, 8)), 2
                )
            end as assumed_margin_amount,
        summed.uncosted_line_count > 0 as has_uncosted
    from summed
    left join by_category on by_category.account_id = summed.account_id
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
    cast(min(off_invoice.amount) as decimal(18, 2)) as off_invoice_amount,
    cast(case
        when count(assumed.assumed_margin_amount) = count(*) then sum(
            assumed.revenue_amount - assumed.uncosted_revenue_amount - assumed.cogs_amount + assumed.assumed_margin_amount
        ) - coalesce(min(off_invoice.amount), 0)
    end as decimal(18, 2)) as margin_amount,
    bool_or(assumed.has_uncosted and assumed.assumed_margin_amount is not null) as is_margin_estimated
from assumed
join units on units.account_id = assumed.account_id
left join off_invoice on off_invoice.account_id = units.unit_id
group by units.unit_id;
