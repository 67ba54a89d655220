-- programme.account_list(as_of DATE, level VARCHAR := 'account')
-- One row: an account, or at level 'group' the root of a group, with its measures and whether it is a key
-- account on as_of. A group is a key account where any of its accounts is one; it shows the first admission, and the
-- category that was decided first.
-- Windows and unknown measures: as in value.account_measures.
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
--   margin_12m  net revenue less product cost, reporting currency; null where a line's cost is unknown and no margin
--       rate is assumed
--   margin_rate_12m  margin_12m / revenue_12m, share; null where revenue is 0 or less
--   cost_to_serve_12m  cost of the activities it caused, reporting currency; null where no cost model is in force or a
--       part of the activities has no rate
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
--   days_to_pay  as value.account_measures, days
--   contract_value  as value.account_measures, reporting currency
--   contract_months_left  as value.account_measures, months
--   weighted_pipeline_12m  as value.account_measures, reporting currency
--   is_margin_estimated  true where a part of the margin rests on the assumed margin rate
--   activity_state  active, slowing, dormant or unknown (segments.rhythm)
--   revenue_rank  1 for the largest revenue_12m, equals share a rank; null where it is unknown
--   value_rank  1 for the largest lifetime_value, equals share a rank; null where it is unknown
--   rank_gain  revenue_rank − value_rank, ranks: above 0 is worth more than it looks; null where either is unknown
--   is_key_account  true where it is in the programme on as_of
--   category  strategic, star, status or streamline as decided; null outside the programme
--   admitted_on  since when it is in the programme
create or replace macro programme.account_list(as_of DATE, level VARCHAR := 'account') as table
with admissions as (
    select
        case when level = 'group' then coalesce(account_groups.group_id, roster.account_id) else roster.account_id end
            as account_id,
        arg_min(roster.category, roster.decision_id) as category,
        min(roster.admitted_on) as admitted_on
    from programme.roster(as_of) as roster
    left join ledgers.account_groups on account_groups.account_id = roster.account_id
    group by all
)
select
    account_measures.*,
    admissions.account_id is not null as is_key_account,
    admissions.category,
    admissions.admitted_on
from value.account_measures(as_of, level := level) as account_measures
left join admissions on admissions.account_id = account_measures.account_id;
