-- value.activity_costs(as_of DATE)
-- One row: an account, an activity of the cost model in force, and a stretch of days with unchanged rates.
-- Window: (as_of − 12 months, as_of].
-- Time-driven activity-based costing (Kaplan & Anderson 2004): minutes × rate of the activity's pool.
-- Columns:
--   account_id  the account
--   activity_code  the activity
--   pool_id  the pool whose capacity it uses
--   stretch_from  the stretch's first day
--   quantity  driver volume in events or units, count
--   unmeasured_quantity  volume without measured minutes
--   measured_minutes  minutes as the facts give them; they override the standard time
--   minutes  unmeasured_quantity × unit minutes + measured_minutes, to 4 decimals
--   rate_amount  of the pool in this stretch, reporting currency per minute; null where no period of it holds the days
--   cost_amount  minutes × rate_amount, to the cent, reporting currency; null where the rate is unknown
-- Left out: activities in the facts that the model does not name (value.unmodelled_activities).
create or replace macro value.activity_costs(as_of DATE) as table
with modelled as (
    select activity.activity_code, activity.pool_id, activity.driver, activity.unit_minutes
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
),
counted as (
    select
        volumes.account_id,
        modelled.activity_code,
        volumes.stretch_from,
        cast(case modelled.driver
            when 'orders' then volumes.orders
            when 'lines' then volumes.lines
            when 'rush_lines' then volumes.rush_lines
            when 'return_lines' then volumes.return_lines
        end as decimal(18, 4)) as quantity,
        cast(0 as decimal(18, 2)) as measured_minutes,
        cast(0 as decimal(18, 4)) as measured_quantity
    from value.ledger_volumes(as_of) as volumes
    cross join modelled
    where modelled.driver <> 'activities'
    union all
    select
        recorded.account_id,
        recorded.activity_code,
        rate_days.stretch_from,
        cast(sum(recorded.quantity) as decimal(18, 4)),
        cast(coalesce(sum(recorded.minutes), 0) as decimal(18, 2)),
        cast(sum(case when recorded.minutes is null then 0 else recorded.quantity end) as decimal(18, 4))
    from ledgers.activities as recorded
    join value.rate_days(as_of) as rate_days on rate_days.on_day = recorded.occurred_on
    join (select activity_code from modelled where driver = 'activities') as wanted
        on wanted.activity_code = recorded.activity_code
    group by recorded.account_id, recorded.activity_code, rate_days.stretch_from
),
timed as (
    select
        counted.account_id,
        counted.activity_code,
        modelled.pool_id,
        counted.stretch_from,
        counted.quantity,
        cast(counted.quantity - counted.measured_quantity as decimal(18, 4)) as unmeasured_quantity,
        counted.measured_minutes,
        cast(
            round((counted.quantity - counted.measured_quantity) * modelled.unit_minutes, 4)
            + counted.measured_minutes as decimal(18, 4)
        ) as minutes
    from counted
    join modelled on modelled.activity_code = counted.activity_code
    where counted.quantity <> 0 or counted.measured_minutes <> 0
)
select
    timed.account_id,
    timed.activity_code,
    timed.pool_id,
    timed.stretch_from,
    timed.quantity,
    timed.unmeasured_quantity,
    timed.measured_minutes,
    timed.minutes,
    rates.rate_amount,
    -- Wider than 18 digits, because DuckDB multiplies two decimals of 18 within 18 and overflows.
    cast(round(timed.minutes * cast(rates.rate_amount as decimal(20, 8)), 2) as decimal(18, 2)) as cost_amount
from timed
left join value.pool_rates(as_of) as rates
    on rates.pool_id = timed.pool_id
    and rates.period_from <= timed.stretch_from
    and rates.period_to >= timed.stretch_from;
