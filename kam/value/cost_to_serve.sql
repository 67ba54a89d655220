-- value.cost_to_serve(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') and an activity of the cost model in force that it caused.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   activity_code  the activity
--   activity_name  what it is called
--   pool_id  the pool whose capacity it uses
--   driver  what is counted: orders, lines, rush_lines, return_lines, credit_notes (of the ledger) or activities
--   unit_minutes  standard time, minutes per unit of the driver
--   quantity  driver volume
--   measured_minutes  minutes as the facts give them, which override the standard time
--   term_minutes  minutes of the time equation's terms
--   minutes  standard, term and measured minutes together
--   cost_amount  minutes × the pool's rate, reporting currency; null where a part of them has no rate or is below 0
--   uncovered_minutes  minutes on days that no period of the pool holds
--   negative_minutes  minutes of the stretches that the terms of the time equation take below 0
-- Identity: cost_amount over all accounts and activities of a pool = allocated_amount in value.pool_use.
create or replace macro value.cost_to_serve(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
summed as (
    select
        units.unit_id,
        costs.activity_code,
        sum(costs.quantity) as quantity,
        sum(costs.measured_minutes) as measured_minutes,
        sum(costs.term_minutes) as term_minutes,
        sum(costs.minutes) as minutes,
        case when count(costs.cost_amount) = count(*) then sum(costs.cost_amount) end as cost_amount,
        sum(case when costs.rate_amount is null then costs.minutes else 0 end) as uncovered_minutes,
        sum(case when costs.is_negative then costs.minutes else 0 end) as negative_minutes
    from value.activity_costs(as_of) as costs
    join units on units.account_id = costs.account_id
    group by units.unit_id, costs.activity_code
)
select
    summed.unit_id as account_id,
    summed.activity_code,
    activity.name as activity_name,
    activity.pool_id,
    activity.driver,
    activity.unit_minutes,
    cast(summed.quantity as decimal(18, 4)) as quantity,
    cast(summed.measured_minutes as decimal(18, 2)) as measured_minutes,
    cast(summed.term_minutes as decimal(18, 4)) as term_minutes,
    cast(summed.minutes as decimal(18, 4)) as minutes,
    cast(summed.cost_amount as decimal(18, 2)) as cost_amount,
    cast(summed.uncovered_minutes as decimal(18, 4)) as uncovered_minutes,
    cast(summed.negative_minutes as decimal(18, 4)) as negative_minutes
from summed
join value.cost_activities as activity on activity.activity_code = summed.activity_code
join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id;
