-- value.profit_and_loss(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with at least one line up to as_of: from list price to economic profit.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   list_amount  value at list prices, reporting currency; null where a line has no list price
--   invoice_amount  net revenue as invoiced, returns with their sign, reporting currency
--   off_invoice_amount  rebates, bonuses and allowances traced to it, reporting currency; null where none was recorded
--       (0 where somebody recorded that there is nothing)
--   pocket_amount  invoice_amount − off_invoice_amount, reporting currency; null where the latter is
--   product_cost_amount  product cost, reporting currency; null where margin_amount is
--   margin_amount  invoice price − off-invoice items where recorded − product cost, reporting currency; null as in
--       value.account_measures
--   direct_cost_amount  costs traced to it, off-invoice items apart, reporting currency
--   activity_cost_amount  cost of the activities it caused, reporting currency; null as in value.account_measures
--   cost_to_serve_amount  direct_cost_amount + activity_cost_amount, reporting currency
--   contribution_amount  margin_amount − cost_to_serve_amount, reporting currency; null where either is
--   payment_days  days to pay: really taken where payments are known (value.days_to_pay), else the agreed terms, of a
--       group weighted by revenue; null where an account with revenue has neither
--   days_basis  what they are: paid, terms, or mixed (a group); null where they are unknown
--   terms_days  the agreed terms alone, of a group weighted by revenue, days; null where an account has none
--   capital_charge_amount  invoice_amount × payment days / 365 × value.annual_discount_rate, per account to the cent,
--       reporting currency; null where the days or the rate are unknown
--   economic_profit_amount  contribution_amount − capital_charge_amount, reporting currency; null where either is
--   is_margin_estimated  true where a part of the margin rests on an assumed margin rate
-- Identity: list − discounts = invoice; invoice − off-invoice − product cost − cost to serve − capital charge = economic
-- profit, off-invoice items counting where they were recorded.
create or replace macro value.profit_and_loss(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
listed as (
    select
        account_id,
        sum(net_revenue) as net_revenue,
        case when count(list_revenue) = count(*) then sum(list_revenue) end as list_revenue
    from ledgers.months_between(
        cast(cast(as_of - interval 12 month as date) + interval 1 day as date),
        cast(as_of + interval 1 day as date)
    )
    group by account_id
),
owed as (
    select
        listed.account_id,
        listed.net_revenue,
        listed.list_revenue,
        master.payment_terms_days as terms_days,
        paid.days_to_pay is not null as is_paid,
        coalesce(paid.days_to_pay, master.payment_terms_days) as days
    from listed
    join ledgers.accounts as master on master.account_id = listed.account_id
    left join value.days_to_pay(as_of) as paid on paid.account_id = listed.account_id
),
charged as (
    select
        units.unit_id,
        case when count(owed.list_revenue) = count(*) then sum(owed.list_revenue) end as list_amount,
        case
            when count(case when owed.net_revenue <> 0 and owed.days is null then 1 end) = 0
                and sum(owed.net_revenue) > 0
                then sum(cast(owed.net_revenue as double) * coalesce(owed.days, 0) order by owed.account_id)
                    / cast(sum(owed.net_revenue) as double)
        end as payment_days,
        case
            when count(case when owed.net_revenue <> 0 and owed.terms_days is null then 1 end) = 0
                and sum(owed.net_revenue) > 0
                then sum(cast(owed.net_revenue as double) * coalesce(owed.terms_days, 0) order by owed.account_id)
                    / cast(sum(owed.net_revenue) as double)
        end as terms_days,
        case
            when count(case when owed.net_revenue <> 0 and not owed.is_paid then 1 end) = 0 then 'paid'
            when count(case when owed.net_revenue <> 0 and owed.is_paid then 1 end) = 0 then 'terms'
            else 'mixed'
        end as days_basis,
        case
            when count(case when owed.net_revenue <> 0 and owed.days is null then 1 end) = 0
                and min(rates.annual_discount_rate) is not null
                then sum(round(
                    cast(owed.net_revenue as double) * coalesce(owed.days, 0) / 365 * rates.annual_discount_rate, 2
                ))
        end as capital_charge_amount
    from owed
    join units on units.account_id = owed.account_id
    left join value.rates(as_of) as rates on true
    group by units.unit_id
),
traced as (
    select
        account_id,
        sum(case when is_off_invoice then cost_amount end) as off_invoice_amount,
        sum(case when is_off_invoice then 0 else cost_amount end) as direct_cost_amount
    from value.direct_cost_amounts(as_of, level := level)
    group by account_id
),
stated as (
    select
        measures.account_id,
        -- Without a line in the window nothing was listed and nothing is owed.
        case when charged.unit_id is null then 0 else charged.list_amount end as list_amount,
        measures.revenue_12m,
        traced.off_invoice_amount,
        measures.margin_12m,
        coalesce(traced.direct_cost_amount, 0) as direct_cost_amount,
        measures.cost_to_serve_12m,
        measures.contribution_12m,
        charged.payment_days,
        case when charged.payment_days is not null then charged.days_basis end as days_basis,
        charged.terms_days,
        case when charged.unit_id is null then 0 else charged.capital_charge_amount end as capital_charge_amount,
        measures.is_margin_estimated
    from value.account_measures(as_of, level := level) as measures
    left join charged on charged.unit_id = measures.account_id
    left join traced on traced.account_id = measures.account_id
    where measures.revenue_12m is not null
)
select
    account_id,
    cast(list_amount as decimal(18, 2)) as list_amount,
    revenue_12m as invoice_amount,
    cast(off_invoice_amount as decimal(18, 2)) as off_invoice_amount,
    cast(revenue_12m - off_invoice_amount as decimal(18, 2)) as pocket_amount,
    cast(revenue_12m - coalesce(off_invoice_amount, 0) - margin_12m as decimal(18, 2)) as product_cost_amount,
    margin_12m as margin_amount,
    cast(direct_cost_amount as decimal(18, 2)) as direct_cost_amount,
    cast(cost_to_serve_12m - direct_cost_amount as decimal(18, 2)) as activity_cost_amount,
    cost_to_serve_12m as cost_to_serve_amount,
    contribution_12m as contribution_amount,
    payment_days,
    days_basis,
    terms_days,
    cast(capital_charge_amount as decimal(18, 2)) as capital_charge_amount,
    cast(contribution_12m - cast(capital_charge_amount as decimal(18, 2)) as decimal(18, 2)) as economic_profit_amount,
    is_margin_estimated
from stated;
