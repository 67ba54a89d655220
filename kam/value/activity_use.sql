-- value.activity_use(as_of DATE)
-- One row: an activity of the cost model in force, with what all accounts together caused of it.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   activity_code  the activity
--   activity_name  what it is called
--   pool_name  the pool whose capacity it uses
--   driver  what is counted
--   unit_minutes  standard time, minutes per unit of the driver
--   term_count  terms of its time equation, count
--   quantity  driver volume
--   minutes  standard, term and measured minutes together, where their cost is known
--   cost_amount  of those minutes, reporting currency
--   account_count  accounts that caused it, count
--   unknown_count  of these, accounts for which a part of it has no cost, count
-- Identity: cost_amount over all activities = allocated_amount over all pools in value.pool_use.
create or replace macro value.activity_use(as_of DATE) as table
with used as (
    select
        activity_code,
        sum(quantity) as quantity,
        sum(case when cost_amount is not null then minutes else 0 end) as minutes,
        sum(cost_amount) as cost_amount,
        count(distinct account_id) as account_count,
        count(distinct case when cost_amount is null then account_id end) as unknown_count
    from value.activity_costs(as_of)
    group by activity_code
),
equations as (
    select model_id, activity_code, count(*) as term_count from value.cost_terms group by model_id, activity_code
),
pools as (
    select model_id, pool_id, min(name) as pool_name from value.cost_pools group by model_id, pool_id
)
select
    activity.activity_code,
    activity.name as activity_name,
    pools.pool_name,
    activity.driver,
    activity.unit_minutes,
    coalesce(equations.term_count, 0) as term_count,
    cast(coalesce(used.quantity, 0) as decimal(18, 4)) as quantity,
    cast(coalesce(used.minutes, 0) as decimal(18, 4)) as minutes,
    cast(coalesce(used.cost_amount, 0) as decimal(18, 2)) as cost_amount,
    coalesce(used.account_count, 0) as account_count,
    coalesce(used.unknown_count, 0) as unknown_count
from value.cost_activities as activity
join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
join pools on pools.model_id = activity.model_id and pools.pool_id = activity.pool_id
left join equations on equations.model_id = activity.model_id and equations.activity_code = activity.activity_code
left join used on used.activity_code = activity.activity_code;
