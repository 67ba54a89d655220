-- value.pool_use(as_of DATE)
-- One row: a cost pool of the model in force that has cost in the window, with what became of the cost.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   pool_id  the pool
--   pool_name  what it is called
--   is_business_sustaining  true where its cost is never charged to an account
--   cost_amount  its cost in the window, reporting currency
--   allocated_amount  charged to accounts, reporting currency
--   unused_amount  cost of capacity that no account used (and the rounding of what was charged), reporting currency;
--       below 0 where more was used than supplied; 0 for a business-sustaining pool
--   unallocated_amount  business-sustaining cost, reporting currency
--   capacity_minutes  practical capacity in the window, minutes; null for a business-sustaining pool
--   used_minutes  minutes used, of which the cost is known
--   utilisation_share  used_minutes / capacity_minutes; above 1 is overtime or an error in the data, never rescaled
-- Identity: allocated_amount + unused_amount + unallocated_amount = cost_amount, to the cent.
create or replace macro value.pool_use(as_of DATE) as table
with supplied as (
    select
        pool_id,
        min(pool_name) as pool_name,
        bool_or(is_business_sustaining) as is_business_sustaining,
        sum(cost_amount) as cost_amount,
        sum(capacity_minutes) as capacity_minutes
    from value.pool_rates(as_of)
    group by pool_id
),
used as (
    select
        pool_id,
        sum(cost_amount) as allocated_amount,
        sum(case when cost_amount is not null then minutes else 0 end) as used_minutes
    from value.activity_costs(as_of)
    group by pool_id
)
select
    supplied.pool_id,
    supplied.pool_name,
    supplied.is_business_sustaining,
    cast(supplied.cost_amount as decimal(18, 2)) as cost_amount,
    cast(coalesce(used.allocated_amount, 0) as decimal(18, 2)) as allocated_amount,
    cast(case
        when supplied.is_business_sustaining then 0
        else supplied.cost_amount - coalesce(used.allocated_amount, 0)
    end as decimal(18, 2)) as unused_amount,
    cast(case
        when supplied.is_business_sustaining then supplied.cost_amount else 0
    end as decimal(18, 2)) as unallocated_amount,
    cast(supplied.capacity_minutes as decimal(18, 2)) as capacity_minutes,
    cast(coalesce(used.used_minutes, 0) as decimal(18, 4)) as used_minutes,
    cast(used.used_minutes as double) / nullif(cast(supplied.capacity_minutes as double), 0) as utilisation_share
from supplied
left join used on used.pool_id = supplied.pool_id;
