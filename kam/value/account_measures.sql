-- value.account_measures(as_of DATE, level VARCHAR := 'account')
-- One row: an account of the master (or a group, level 'group', named by its topmost account) with every measure.
-- Windows: …_12m is (as_of − 12 months, as_of]; revenue_24m is (as_of − 24 months, as_of].
-- An account without a line up to as_of has null in every measure but the counts, which are 0.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   name  its name
--   group_id  the topmost account of its parent chain
--   parent_account_id  its parent; null without
--   industry  as in the master
--   region  as in the master
--   country  as in the master
--   channel  as in the master
--   owner  its account manager, as in the master
--   customer_since  as in the master, date
--   revenue_12m  net revenue, returns with their sign, reporting currency
--   revenue_24m  net revenue of 24 months, reporting currency
--   revenue_growth_12m  revenue_12m over that of the 12 months before − 1, share; null where those are 0 or less
--   margin_12m  net revenue less product cost, and less off-invoice items where such were recorded, reporting currency;
--       null where a line's cost is unknown and no margin rate is assumed
--   margin_rate_12m  margin_12m / revenue_12m, share; null where revenue is 0 or less
--   cost_to_serve_12m  direct costs traced to it and cost of the activities it caused, reporting currency; null where no
--       cost model is in force or a part of the activities has no rate
--   contribution_12m  margin_12m − cost_to_serve_12m, reporting currency; null where either is
--   contribution_rate_12m  contribution_12m / revenue_12m, share; null where revenue is 0 or less
--   orders_12m  distinct orders with a purchase, count
--   active_months_12m  calendar months with a purchase, count
--   return_share_12m  negative net revenue over positive, share; null without purchases
--   first_order_on  first purchase up to as_of, date
--   last_order_on  latest purchase up to as_of, date
--   recency_days  as_of − last_order_on, days
--   order_days  distinct days with a purchase up to as_of, count
--   product_count_12m  distinct products purchased, count
--   lifetime_value  contribution_12m × r / (1 + i − r) (Gupta & Lehmann 2003; value.rates), to the cent, reporting currency
--   days_to_pay  days from order to payment in the last 12 months, weighted by amount (value.days_to_pay), days
--   contract_value  annual value of the contracts in force (value.commitments), reporting currency
--   contract_months_left  complete months to the nearest end of a contract in force, months
--   weighted_pipeline_12m  amount × probability of the open opportunities of the 12 months to come, reporting currency
--   is_margin_estimated  true where a part of the margin rests on the assumed margin rate
--   activity_state  active, slowing, dormant or unknown (segments.rhythm)
--   revenue_rank  1 for the largest revenue_12m, equals share a rank; null where it is unknown
--   value_rank  1 for the largest lifetime_value, equals share a rank; null where it is unknown
--   rank_gain  revenue_rank − value_rank, ranks: above 0 is worth more than it looks; null where either is unknown
-- Identities: contribution_12m = margin_12m − cost_to_serve_12m; sums over groups equal sums over accounts.
create or replace macro value.account_measures(as_of DATE, level VARCHAR := 'account') as table
with joined as (
    select
        facts.account_id,
        facts.revenue_12m,
        facts.revenue_24m,
        facts.revenue_growth_12m,
        earned.margin_12m,
        earned.margin_rate_12m,
        earned.cost_to_serve_12m,
        earned.contribution_12m,
        earned.contribution_rate_12m,
        facts.orders_12m,
        facts.active_months_12m,
        facts.return_share_12m,
        facts.first_order_on,
        facts.last_order_on,
        facts.recency_days,
        facts.order_days,
        facts.product_count_12m,
        payments.days_to_pay,
        commitments.contract_value,
        commitments.contract_months_left,
        commitments.weighted_pipeline_12m,
        coalesce(earned.is_margin_estimated, false) as is_margin_estimated,
        rates.margin_multiple
    from ledgers.account_facts(as_of, level := level) as facts
    left join value.account_contribution(as_of, level := level) as earned on earned.account_id = facts.account_id
    left join value.days_to_pay(as_of, level := level) as payments on payments.account_id = facts.account_id
    left join value.commitments(as_of, level := level) as commitments on commitments.account_id = facts.account_id
    left join value.rates(as_of) as rates on true
),
measured as (
    select
        joined.account_id,
        account.name,
        groups.group_id,
        account.parent_account_id,
        account.industry,
        account.region,
        account.country,
        account.channel,
        account.owner,
        account.customer_since,
        joined.revenue_12m,
        joined.revenue_24m,
        joined.revenue_growth_12m,
        joined.margin_12m,
        joined.margin_rate_12m,
        joined.cost_to_serve_12m,
        joined.contribution_12m,
        joined.contribution_rate_12m,
        joined.orders_12m,
        joined.active_months_12m,
        joined.return_share_12m,
        joined.first_order_on,
        joined.last_order_on,
        joined.recency_days,
        joined.order_days,
        joined.product_count_12m,
        -- Wider than 18 digits, because DuckDB multiplies two decimals of 18 within 18 and overflows.
        cast(round(
            cast(joined.contribution_12m as decimal(20, 2)) * joined.margin_multiple, 2
        ) as decimal(18, 2)) as lifetime_value,
        joined.days_to_pay,
        joined.contract_value,
        joined.contract_months_left,
        joined.weighted_pipeline_12m,
        joined.is_margin_estimated,
        rhythm.activity_state
    from joined
    join ledgers.accounts as account on account.account_id = joined.account_id
    join ledgers.account_groups as groups on groups.account_id = joined.account_id
    left join segments.rhythm(as_of, level := level) as rhythm on rhythm.account_id = joined.account_id
),
ranked as (
    select
        *,
        case when revenue_12m is not null then rank() over (order by revenue_12m desc nulls last) end as revenue_rank,
        case when lifetime_value is not null
            then rank() over (order by lifetime_value desc nulls last) end as value_rank
    from measured
)
select *, revenue_rank - value_rank as rank_gain
from ranked;
