-- value.pool_rates(as_of DATE)
-- One row: a cost pool and one of its periods that overlaps the window, of the cost model in force on as_of.
-- Window: (as_of − 12 months, as_of]. Cost and capacity of a period are spread evenly over its days.
-- Columns:
--   pool_id  the pool
--   pool_name  what it is called
--   is_business_sustaining  true where its cost is never charged to an account
--   period_from  first day of the period
--   period_to  last day of the period
--   period_cost_amount  cost of the whole period as the model states it, reporting currency
--   period_traced_amount  of it, direct costs of accounts that name the pool, each by its days in the period, at most
--       the cost: taken out, so that nothing counts twice, reporting currency
--   period_capacity_minutes  practical capacity of the whole period, minutes; null where the pool has none
--   rate_amount  (period cost − traced) / practical capacity, reporting currency per minute, to 8 decimals (half up);
--       null without capacity
--   overlap_days  days of the period inside the window, count
--   period_days  days of the period, count
--   cost_amount  (period cost − traced) × overlap_days / period_days, to the cent (half up), reporting currency
--   capacity_minutes  period capacity × overlap_days / period_days, to 0.01 (half up), minutes
--   source  where the figures come from
create or replace macro value.pool_rates(as_of DATE) as table
with shared as (
    select
        pool.pool_id,
        pool.period_from,
        cast(direct.amount * 100 as hugeint) as cents,
        date_diff('day', direct.period_from, direct.period_to) + 1 as days,
        date_diff(
            'day', greatest(direct.period_from, pool.period_from), least(direct.period_to, pool.period_to)
        ) + 1 as days_within
    from value.cost_pools as pool
    join value.cost_model_in_force(as_of) as model on model.model_id = pool.model_id
    join value.direct_costs as direct
        on direct.within_pool = pool.pool_id
        and direct.period_to >= pool.period_from
        and direct.period_from <= pool.period_to
    left join value.direct_cost_withdrawals as withdrawal on withdrawal.cost_id = direct.cost_id
    where withdrawal.cost_id is null
),
traced as (
    select pool_id, period_from, sum((2 * cents * days_within + days) // (2 * days)) as cents
    from shared
    group by pool_id, period_from
),
overlapping as (
    select
        pool.pool_id,
        pool.name as pool_name,
        pool.is_business_sustaining,
        pool.period_from,
        pool.period_to,
        pool.cost_amount as period_cost_amount,
        pool.practical_capacity_minutes as period_capacity_minutes,
        date_diff('day', pool.period_from, pool.period_to) + 1 as period_days,
        date_diff(
            'day',
            greatest(pool.period_from, cast(cast(as_of - interval 12 month as date) + interval 1 day as date)),
            least(pool.period_to, as_of)
        ) + 1 as overlap_days,
        cast(least(coalesce(traced.cents, 0), cast(pool.cost_amount * 100 as hugeint)) as hugeint) as traced_cents,
        cast(pool.cost_amount * 100 as hugeint)
            - cast(least(coalesce(traced.cents, 0), cast(pool.cost_amount * 100 as hugeint)) as hugeint) as cost_cents,
        cast(pool.practical_capacity_minutes * 100 as hugeint) as capacity_hundredths,
        pool.source
    from value.cost_pools as pool
    join value.cost_model_in_force(as_of) as model on model.model_id = pool.model_id
    left join traced on traced.pool_id = pool.pool_id and traced.period_from = pool.period_from
    where pool.period_to > cast(as_of - interval 12 month as date) and pool.period_from <= as_of
)
-- Whole numbers throughout: (2ab + c) // 2c is a × b / c, halves rounded up, without a float in between.
select
    pool_id,
    pool_name,
    is_business_sustaining,
    period_from,
    period_to,
    period_cost_amount,
    cast(cast(traced_cents as decimal(28, 0)) * cast(0.01 as decimal(3, 2)) as decimal(18, 2)) as period_traced_amount,
    period_capacity_minutes,
    cast((2 * cost_cents * 100000000 + capacity_hundredths) // (2 * capacity_hundredths) as decimal(28, 0))
        * cast(0.00000001 as decimal(10, 8)) as rate_amount,
    overlap_days,
    period_days,
    cast(
        cast((2 * cost_cents * overlap_days + period_days) // (2 * period_days) as decimal(28, 0))
        * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    ) as cost_amount,
    cast(
        cast((2 * capacity_hundredths * overlap_days + period_days) // (2 * period_days) as decimal(28, 0))
        * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    ) as capacity_minutes,
    source
from overlapping;
