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
--   term_minutes  minutes of the equation's terms; where a part of the driver volume was measured, the share of them
--       that was not; 0 where the driver counts nothing in the stretch
--   minutes  unmeasured_quantity × unit minutes + term_minutes + measured_minutes, to 4 decimals
--   rate_amount  of the pool in this stretch, reporting currency per minute; null where no period of it holds the days
--   is_negative  true where the terms take the minutes below 0: the volumes do not fit the equation
--   cost_amount  minutes × rate_amount, to the cent, reporting currency; null where the rate is unknown or is_negative
-- Left out: activities in the facts that the model does not name (value.unmodelled_activities).
create or replace macro value.activity_costs(as_of DATE) as table
with modelled as (
    select activity.activity_code, activity.pool_id, activity.unit_minutes
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
),
summed as (
    select
        account_id,
        activity_code,
        stretch_from,
        sum(case when part = 0 then quantity else 0 end) as quantity,
        sum(case when part = 0 then quantity - measured_quantity else 0 end) as unmeasured_quantity,
        sum(measured_minutes) as measured_minutes,
        sum(case
            when part > 0 then (quantity - measured_quantity) * cast(coefficient_minutes as decimal(18, 4)) else 0
        end) as term_minutes
    from value.event_volumes(as_of)
    group by account_id, activity_code, stretch_from
),
timed as (
    select
        summed.account_id,
        summed.activity_code,
        modelled.pool_id,
        summed.stretch_from,
        cast(summed.quantity as decimal(18, 4)) as quantity,
        cast(summed.unmeasured_quantity as decimal(18, 4)) as unmeasured_quantity,
        cast(summed.measured_minutes as decimal(18, 2)) as measured_minutes,
        cast(case
            when summed.quantity = 0 then 0
            when summed.unmeasured_quantity = summed.quantity then round(summed.term_minutes, 4)
            else round(
                cast(summed.term_minutes as double) * cast(summed.unmeasured_quantity as double)
                / cast(summed.quantity as double), 4
            )
        end as decimal(18, 4)) as term_minutes,
        cast(
            round(cast(summed.unmeasured_quantity as decimal(18, 4)) * modelled.unit_minutes, 4) as decimal(18, 4)
        ) as base_minutes,
        summed.term_minutes <> 0 as has_terms
    from summed
    join modelled on modelled.activity_code = summed.activity_code
    where summed.quantity <> 0 or summed.measured_minutes <> 0
),
rated as (
    select
        timed.*,
        cast(timed.base_minutes + timed.term_minutes + timed.measured_minutes as decimal(18, 4)) as minutes,
        rates.rate_amount
    from timed
    left join value.pool_rates(as_of) as rates
        on rates.pool_id = timed.pool_id
        and rates.period_from <= timed.stretch_from
        and rates.period_to >= timed.stretch_from
)
select
    account_id,
    activity_code,
    pool_id,
    stretch_from,
    quantity,
    unmeasured_quantity,
    measured_minutes,
    term_minutes,
    minutes,
    rate_amount,
    has_terms and minutes < 0 as is_negative,
    -- Wider than 18 digits, because DuckDB multiplies two decimals of 18 within 18 and overflows.
    case when not (has_terms and minutes < 0)
        then cast(round(minutes * cast(rate_amount as decimal(20, 8)), 2) as decimal(18, 2)) end as cost_amount
from rated;
