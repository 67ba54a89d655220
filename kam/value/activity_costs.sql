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
    select activity.activity_code, activity.pool_id, activity.driver, activity.unit_minutes
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
),
-- Coefficients in ten-thousandths of a minute: whole numbers, which the engine multiplies fastest.
terms as (
    select term.activity_code, term.volume, cast(term.minutes * 10000 as bigint) as units
    from value.cost_terms as term
    join value.cost_model_in_force(as_of) as model on model.model_id = term.model_id
),
-- An activity with its coefficients side by side: its equation is a sum over one row of volumes, so that an account has a
-- row for each activity and none for each term. The parts of the same sum are listed by value.event_volumes.
equations as (
    select
        modelled.activity_code,
        modelled.driver,
        count(terms.volume) > 0 as has_terms,
        coalesce(sum(case terms.volume when 'orders' then terms.units end), 0) as of_orders,
        coalesce(sum(case terms.volume when 'lines' then terms.units end), 0) as of_lines,
        coalesce(sum(case terms.volume when 'rush_lines' then terms.units end), 0) as of_rush_lines,
        coalesce(sum(case terms.volume when 'return_lines' then terms.units end), 0) as of_return_lines,
        coalesce(sum(case terms.volume when 'credit_notes' then terms.units end), 0) as of_credit_notes,
        coalesce(sum(case terms.volume when 'rush_orders' then terms.units end), 0) as of_rush_orders,
        coalesce(sum(case terms.volume when 'return_orders' then terms.units end), 0) as of_return_orders,
        coalesce(sum(case terms.volume when 'rush_return_orders' then terms.units end), 0) as of_rush_return_orders,
        coalesce(sum(case terms.volume when 'rush_orders_lines' then terms.units end), 0) as of_rush_orders_lines,
        coalesce(sum(case terms.volume when 'rush_orders_rush_lines' then terms.units end), 0) as of_rush_orders_rush_lines,
        coalesce(sum(case terms.volume when 'rush_orders_return_lines' then terms.units end), 0) as of_rush_orders_return_lines,
        coalesce(sum(case terms.volume when 'return_orders_lines' then terms.units end), 0) as of_return_orders_lines,
        coalesce(sum(case terms.volume when 'return_orders_rush_lines' then terms.units end), 0) as of_return_orders_rush_lines,
        coalesce(sum(case terms.volume when 'return_orders_return_lines' then terms.units end), 0) as of_return_orders_return_lines
    from modelled
    left join terms on terms.activity_code = modelled.activity_code
    group by modelled.activity_code, modelled.driver
),
wide as (
    select
        ledger.account_id,
        ledger.stretch_from,
        ledger.orders,
        ledger.lines,
        ledger.rush_lines,
        ledger.return_lines,
        coalesce(whole.credit_notes, 0) as credit_notes,
        coalesce(whole.rush_orders, 0) as rush_orders,
        coalesce(whole.return_orders, 0) as return_orders,
        coalesce(whole.rush_return_orders, 0) as rush_return_orders,
        coalesce(whole.rush_orders_lines, 0) as rush_orders_lines,
        coalesce(whole.rush_orders_rush_lines, 0) as rush_orders_rush_lines,
        coalesce(whole.rush_orders_return_lines, 0) as rush_orders_return_lines,
        coalesce(whole.return_orders_lines, 0) as return_orders_lines,
        coalesce(whole.return_orders_rush_lines, 0) as return_orders_rush_lines,
        coalesce(whole.return_orders_return_lines, 0) as return_orders_return_lines
    from value.ledger_volumes(as_of) as ledger
    left join value.order_volumes(as_of) as whole
        on whole.account_id = ledger.account_id and whole.stretch_from = ledger.stretch_from
),
counted as (
    select
        wide.account_id,
        equations.activity_code,
        wide.stretch_from,
        equations.driver,
        case equations.driver
            when 'orders' then wide.orders
            when 'lines' then wide.lines
            when 'rush_lines' then wide.rush_lines
            when 'return_lines' then wide.return_lines
            when 'credit_notes' then wide.credit_notes
            else 0
        end as quantity,
        equations.of_orders * wide.orders
            + equations.of_lines * wide.lines
            + equations.of_rush_lines * wide.rush_lines
            + equations.of_return_lines * wide.return_lines
            + equations.of_credit_notes * wide.credit_notes
            + equations.of_rush_orders * wide.rush_orders
            + equations.of_return_orders * wide.return_orders
            + equations.of_rush_return_orders * wide.rush_return_orders
            + equations.of_rush_orders_lines * wide.rush_orders_lines
            + equations.of_rush_orders_rush_lines * wide.rush_orders_rush_lines
            + equations.of_rush_orders_return_lines * wide.rush_orders_return_lines
            + equations.of_return_orders_lines * wide.return_orders_lines
            + equations.of_return_orders_rush_lines * wide.return_orders_rush_lines
            + equations.of_return_orders_return_lines * wide.return_orders_return_lines
            as term_units
    from wide
    join equations on equations.driver <> 'activities' or equations.has_terms
),
recorded as (
    select
        activity.account_id,
        activity.activity_code,
        rate_days.stretch_from,
        sum(activity.quantity) as quantity,
        sum(case when activity.minutes is null then activity.quantity else 0 end) as unmeasured_quantity,
        coalesce(sum(activity.minutes), 0) as measured_minutes
    from ledgers.activities as activity
    join value.rate_days(as_of) as rate_days on rate_days.on_day = activity.occurred_on
    group by activity.account_id, activity.activity_code, rate_days.stretch_from
),
-- Terms that count recorded activities; minutes that were measured stand in for the coefficient there too.
recorded_terms as (
    select
        recorded.account_id,
        terms.activity_code,
        recorded.stretch_from,
        sum(recorded.unmeasured_quantity * terms.units) as term_units,
        sum(recorded.measured_minutes) as measured_minutes
    from recorded
    join terms on terms.volume = 'activity:' || recorded.activity_code
    group by recorded.account_id, terms.activity_code, recorded.stretch_from
),
driven as (
    select
        account_id,
        activity_code,
        stretch_from,
        cast(quantity as decimal(18, 4)) as quantity,
        cast(quantity as decimal(18, 4)) as unmeasured_quantity,
        cast(0 as decimal(18, 2)) as measured_minutes,
        term_units
    from counted
    where driver <> 'activities' and quantity <> 0
    union all
    select
        recorded.account_id,
        recorded.activity_code,
        recorded.stretch_from,
        cast(recorded.quantity as decimal(18, 4)),
        cast(recorded.unmeasured_quantity as decimal(18, 4)),
        cast(recorded.measured_minutes as decimal(18, 2)),
        coalesce(counted.term_units, 0)
    from recorded
    join modelled on modelled.activity_code = recorded.activity_code and modelled.driver = 'activities'
    left join (select * from counted where driver = 'activities') as counted
        on counted.account_id = recorded.account_id
        and counted.activity_code = recorded.activity_code
        and counted.stretch_from = recorded.stretch_from
    where recorded.quantity <> 0 or recorded.measured_minutes <> 0
),
summed as (
    select
        driven.account_id,
        driven.activity_code,
        driven.stretch_from,
        driven.quantity,
        driven.unmeasured_quantity,
        driven.measured_minutes + coalesce(recorded_terms.measured_minutes, 0) as measured_minutes,
        (driven.term_units + coalesce(recorded_terms.term_units, 0)) * cast(0.0001 as decimal(5, 4)) as term_minutes
    from driven
    left join recorded_terms
        on recorded_terms.account_id = driven.account_id
        and recorded_terms.activity_code = driven.activity_code
        and recorded_terms.stretch_from = driven.stretch_from
),
timed as (
    select
        summed.account_id,
        summed.activity_code,
        modelled.pool_id,
        summed.stretch_from,
        summed.quantity,
        summed.unmeasured_quantity,
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
            round(summed.unmeasured_quantity * modelled.unit_minutes, 4) as decimal(18, 4)
        ) as base_minutes,
        summed.term_minutes <> 0 as has_terms
    from summed
    join modelled on modelled.activity_code = summed.activity_code
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
