-- value.profit_and_loss(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with at least one line up to as_of: from list price to economic profit.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id  the account, or the group's topmost account
--   list_amount  value at list prices, reporting currency; null where a line has no list price
--   invoice_amount  net revenue as invoiced, returns with their sign, reporting currency
--   product_cost_amount  product cost, reporting currency; null where margin_amount is
--   margin_amount  invoice_amount − product_cost_amount, reporting currency; null as in value.account_measures
--   cost_to_serve_amount  cost of the activities it caused, reporting currency; null as in value.account_measures
--   contribution_amount  margin_amount − cost_to_serve_amount, reporting currency; null where either is
--   payment_days  agreed payment terms, of a group weighted by revenue, days; null where an account with revenue has none
--   capital_charge_amount  invoice_amount × payment days / 365 × value.annual_discount_rate, per account to the cent,
--       reporting currency; null where the days or the rate are unknown
--   economic_profit_amount  contribution_amount − capital_charge_amount, reporting currency; null where either is
--   is_margin_estimated  true where a part of the margin rests on the assumed margin rate
-- Identity: list − discounts = invoice; invoice − product cost − cost to serve − capital charge = economic profit.
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
charged as (
    select
        units.unit_id,
        case when count(listed.list_revenue) = count(*) then sum(listed.list_revenue) end as list_amount,
        case
            when count(case when listed.net_revenue <> 0 and master.payment_terms_days is null then 1 end) = 0
                and sum(listed.net_revenue) > 0
                then sum(cast(listed.net_revenue as double) * coalesce(master.payment_terms_days, 0))
                    / cast(sum(listed.net_revenue) as double)
        end as payment_days,
        case
            when count(case when listed.net_revenue <> 0 and master.payment_terms_days is null then 1 end) = 0
                and min(rates.annual_discount_rate) is not null
                then sum(round(
                    cast(listed.net_revenue as double) * coalesce(master.payment_terms_days, 0) / 365
                    * rates.annual_discount_rate, 2
                ))
        end as capital_charge_amount
    from listed
    join units on units.account_id = listed.account_id
    join ledgers.accounts as master on master.account_id = listed.account_id
    left join value.rates(as_of) as rates on true
    group by units.unit_id
),
stated as (
    select
        measures.account_id,
        -- Without a line in the window nothing was listed and nothing is owed.
        case when charged.unit_id is null then 0 else charged.list_amount end as list_amount,
        measures.revenue_12m,
        measures.margin_12m,
        measures.cost_to_serve_12m,
        measures.contribution_12m,
        charged.payment_days,
        case when charged.unit_id is null then 0 else charged.capital_charge_amount end as capital_charge_amount,
        measures.is_margin_estimated
    from value.account_measures(as_of, level := level) as measures
    left join charged on charged.unit_id = measures.account_id
    where measures.revenue_12m is not null
)
select
    account_id,
    cast(list_amount as decimal(18, 2)) as list_amount,
    revenue_12m as invoice_amount,
    cast(revenue_12m - margin_12m as decimal(18, 2)) as product_cost_amount,
    margin_12m as margin_amount,
    cost_to_serve_12m as cost_to_serve_amount,
    contribution_12m as contribution_amount,
    payment_days,
    cast(capital_charge_amount as decimal(18, 2)) as capital_charge_amount,
    cast(contribution_12m - cast(capital_charge_amount as decimal(18, 2)) as decimal(18, 2)) as economic_profit_amount,
    is_margin_estimated
from stated;
