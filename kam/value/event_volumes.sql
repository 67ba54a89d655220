-- value.event_volumes(as_of DATE)
-- One row: an account, a part of an activity's time equation, and a stretch of days with unchanged rates.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id  the account
--   activity_code  the activity of the cost model in force
--   part  0 the driver, from 1 the terms of its time equation in their order
--   stretch_from  the stretch's first day
--   volume  what is counted: orders, lines …, of whole orders as in value.order_volumes, or activity:CODE
--   coefficient_minutes  minutes per unit of the volume
--   quantity  volume: events of the driver, or what the term counts over them
--   measured_quantity  of these, recorded with minutes of their own (activities only)
--   measured_minutes  those minutes, which override the coefficient
-- Left out: volumes of 0 that were not measured.
create or replace macro value.event_volumes(as_of DATE) as table
with parts as (
    select
        activity.activity_code,
        0 as part,
        case when activity.driver = 'activities' then 'activity:' || activity.activity_code else activity.driver end
            as volume,
        activity.unit_minutes as coefficient_minutes
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
    union all
    select term.activity_code, term.position, term.volume, term.minutes
    from value.cost_terms as term
    join value.cost_model_in_force(as_of) as model on model.model_id = term.model_id
),
recorded as (
    select
        activity.account_id,
        'activity:' || activity.activity_code as volume,
        rate_days.stretch_from,
        sum(activity.quantity) as quantity,
        sum(case when activity.minutes is null then 0 else activity.quantity end) as measured_quantity,
        coalesce(sum(activity.minutes), 0) as measured_minutes
    from ledgers.activities as activity
    join value.rate_days(as_of) as rate_days on rate_days.on_day = activity.occurred_on
    group by activity.account_id, activity.activity_code, rate_days.stretch_from
),
counted as (
    select
        volumes.account_id,
        parts.activity_code,
        parts.part,
        volumes.stretch_from,
        parts.volume,
        parts.coefficient_minutes,
        case parts.volume
            when 'orders' then volumes.orders
            when 'lines' then volumes.lines
            when 'rush_lines' then volumes.rush_lines
            else volumes.return_lines
        end as quantity,
        0 as measured_quantity,
        0 as measured_minutes
    from value.ledger_volumes(as_of) as volumes
    join parts on parts.volume in ('orders', 'lines', 'rush_lines', 'return_lines')
    union all
    select
        volumes.account_id,
        parts.activity_code,
        parts.part,
        volumes.stretch_from,
        parts.volume,
        parts.coefficient_minutes,
        case parts.volume
            when 'credit_notes' then volumes.credit_notes
            when 'rush_orders' then volumes.rush_orders
            when 'return_orders' then volumes.return_orders
            when 'rush_return_orders' then volumes.rush_return_orders
            when 'rush_orders_lines' then volumes.rush_orders_lines
            when 'rush_orders_rush_lines' then volumes.rush_orders_rush_lines
            when 'rush_orders_return_lines' then volumes.rush_orders_return_lines
            when 'return_orders_lines' then volumes.return_orders_lines
            when 'return_orders_rush_lines' then volumes.return_orders_rush_lines
            when 'return_orders_return_lines' then volumes.return_orders_return_lines
        end,
        0,
        0
    from value.order_volumes(as_of) as volumes
    cross join parts
    union all
    select
        recorded.account_id,
        parts.activity_code,
        parts.part,
        recorded.stretch_from,
        parts.volume,
        parts.coefficient_minutes,
        recorded.quantity,
        recorded.measured_quantity,
        recorded.measured_minutes
    from recorded
    join parts on parts.volume = recorded.volume
)
select
    account_id,
    activity_code,
    part,
    stretch_from,
    volume,
    coefficient_minutes,
    cast(quantity as decimal(18, 4)) as quantity,
    cast(measured_quantity as decimal(18, 4)) as measured_quantity,
    cast(measured_minutes as decimal(18, 2)) as measured_minutes
from counted
where quantity <> 0 or measured_minutes <> 0 or measured_quantity <> 0;
