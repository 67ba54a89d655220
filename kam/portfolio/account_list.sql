-- portfolio.account_list(as_of DATE, level VARCHAR := 'account')
-- One row: an account, or at level 'group' the root of a group, with its measures and what people said of it on as_of.
-- Of a group, grade, health, tags, dates and fields are those of its topmost account. The rest is as in programme.account_list.
-- Columns:
--   account_id  the account, or the group's topmost account
--   name  its name
--   group_id  the topmost account of its parent chain
--   parent_account_id  its parent; null without
--   industry  as in the master
--   region  as in the master
--   country  as in the master
--   channel  as in the master
--   owner  whose account it is on as_of (portfolio.owners); of a group its topmost account's
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
--   grade  A to E; null without one
--   grade_since  since when; null without one
--   health  0 to 100, points (relationships.health); null where no part of it is known
--   health_state  healthy, watch, poor, thin evidence or unknown
--   trend  rising, steady or falling: revenue_growth_12m from portfolio.trend_rising_from on, up to
--       portfolio.trend_falling_to, or between; unknown where the growth is
--   tags  its tags in one text; null without any
--   next_date_on  the next dated thing to come, date; null without one
--   next_date_is  which kind of thing that is
--   late_count  dated things whose day has passed, count
--   custom_fields  fields that people defined with their values in one text; null without any
create or replace macro portfolio.account_list(as_of DATE, level VARCHAR := 'account') as table
with lines as (
    select
        max(value) filter (where parameter_id = 'portfolio.trend_rising_from') as rising_from,
        max(value) filter (where parameter_id = 'portfolio.trend_falling_to') as falling_to
    from parameters.effective(as_of)
),
tagged as (
    select account_id, string_agg(label, ', ' order by dimension, tag) as tags
    from portfolio.tags_held(as_of)
    group by account_id
),
filled as (
    select account_id, string_agg(field || ': ' || value, ', ' order by field) as custom_fields
    from portfolio.custom_values(as_of)
    group by account_id
)
select
    listed.* replace (owners.owner as owner),
    held.grade,
    held.since as grade_since,
    health.health,
    coalesce(health.health_state, 'unknown') as health_state,
    case
        when listed.revenue_growth_12m is null then 'unknown'
        when listed.revenue_growth_12m >= lines.rising_from then 'rising'
        when listed.revenue_growth_12m <= lines.falling_to then 'falling'
        else 'steady'
    end as trend,
    tagged.tags,
    next_dates.next_date_on,
    next_dates.next_date_is,
    coalesce(next_dates.late_count, 0) as late_count,
    filled.custom_fields
from programme.account_list(as_of, level := level) as listed
left join portfolio.owners(as_of) as owners on owners.account_id = listed.account_id
left join portfolio.grades_held(as_of) as held on held.account_id = listed.account_id
left join relationships.health(as_of, null) as health on health.account_id = listed.account_id
cross join lines
left join tagged on tagged.account_id = listed.account_id
left join portfolio.next_dates(as_of) as next_dates on next_dates.account_id = listed.account_id
left join filled on filled.account_id = listed.account_id;
