-- value.account_contribution(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with at least one line up to as_of: what it earned.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   margin_12m  as value.account_measures, reporting currency
--   margin_rate_12m  as value.account_measures, share
--   cost_to_serve_12m  as value.account_measures, reporting currency
--   contribution_12m  as value.account_measures, reporting currency
--   contribution_rate_12m  as value.account_measures, share
--   is_margin_estimated  true where a part of the margin rests on the assumed margin rate
-- Identity: contribution_12m = margin_12m − cost_to_serve_12m.
create or replace macro value.account_contribution(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
serving as (
    select
        account_id,
        case when count(cost_amount) = count(*) then sum(cost_amount) end as cost_amount
    from (
        select account_id, cost_amount from value.cost_to_serve(as_of, level := level)
        union all
        select account_id, cost_amount from value.direct_cost_amounts(as_of, level := level) where not is_off_invoice
    ) as parts
    group by account_id
),
off_invoice as (
    select account_id, sum(cost_amount) as amount
    from value.direct_cost_amounts(as_of, level := level)
    where is_off_invoice
    group by account_id
),
-- Whoever ever had a line: of the others nothing is known.
begun as (
    select distinct units.unit_id
    from ledgers.months_between(DATE '0001-01-01', cast(as_of + interval 1 day as date)) as facts
    join units on units.account_id = facts.account_id
),
earned as (
    select
        begun.unit_id as account_id,
        coalesce(margins.revenue_amount, 0) as revenue_12m,
        -- Without a line in the window nothing was sold, and a rebate may still have been paid.
        case when margins.account_id is null then -coalesce(off_invoice.amount, 0) else margins.margin_amount end
            as margin_12m,
        case when model.model_id is null then null when serving.account_id is null then 0 else serving.cost_amount end
            as cost_to_serve_12m,
        coalesce(margins.is_margin_estimated, false) as is_margin_estimated
    from begun
    left join value.account_margin(as_of, level := level) as margins on margins.account_id = begun.unit_id
    left join serving on serving.account_id = begun.unit_id
    left join off_invoice on off_invoice.account_id = begun.unit_id
    left join value.cost_model_in_force(as_of) as model on true
)
select
    account_id,
    cast(margin_12m as decimal(18, 2)) as margin_12m,
    case when revenue_12m > 0 then cast(margin_12m as double) / cast(revenue_12m as double) end as margin_rate_12m,
    cast(cost_to_serve_12m as decimal(18, 2)) as cost_to_serve_12m,
    cast(margin_12m - cost_to_serve_12m as decimal(18, 2)) as contribution_12m,
    case when revenue_12m > 0
        then cast(margin_12m - cost_to_serve_12m as double) / cast(revenue_12m as double) end as contribution_rate_12m,
    is_margin_estimated
from earned;
