-- plans.objective_list(as_of DATE)
-- One row: an objective of a plan, recorded up to as_of, with where it stands.
-- A measured objective takes the account's own value on as_of (value.account_measures); another one the last value that
-- was typed up to as_of. The course is the straight line from the baseline at the plan's begin to the target at due_on.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   objective_id     the objective
--   plan_id          its plan
--   account_id       the plan's account
--   name             the account's name; its id where the account master no longer has it
--   objective        in words
--   measure_id       the measure of the ledger it is computed from; null where values are typed
--   unit             what values are counted in
--   baseline_value   where it stood; null where nobody said
--   target_value     where it should stand
--   current_value    where it stands; null where that is unknown
--   current_on       the day of that value; null where it is unknown
--   expected_value   where the course is on as_of; null without a baseline
--   progress_share   (current − baseline) ÷ (target − baseline); null where either is unknown or both are equal
--   due_on           until when
--   is_shown         true where it stands in the customer's copy
--   is_open          true while it was not closed on as_of
--   objective_state  as closed: reached, missed, dropped; open: reached (at or beyond the target), on_track (at or beyond
--                    the course), behind, off_track (not reached by due_on), unknown
--   outcome          what came of it; empty while open
--   version          of the record, for changing it
create or replace macro plans.objective_list(as_of DATE) as table
with typed as (
    select objective_id, arg_max(value, (observed_on, recorded_at)) as value, max(observed_on) as observed_on
    from plans.objective_values
    where observed_on <= as_of
    group by objective_id
),
valued as (
    select
        objectives.*,
        plans.account_id,
        plans.begins_on,
        coalesce(accounts.name, plans.account_id) as name,
        objectives.state = 'open' or objectives.closed_on > as_of as is_unfinished,
        case objectives.measure_id
            when 'revenue_12m' then measured.revenue_12m::double
            when 'revenue_24m' then measured.revenue_24m::double
            when 'revenue_growth_12m' then measured.revenue_growth_12m
            when 'margin_12m' then measured.margin_12m::double
            when 'margin_rate_12m' then measured.margin_rate_12m
            when 'cost_to_serve_12m' then measured.cost_to_serve_12m::double
            when 'contribution_12m' then measured.contribution_12m::double
            when 'contribution_rate_12m' then measured.contribution_rate_12m
            when 'orders_12m' then measured.orders_12m::double
            when 'active_months_12m' then measured.active_months_12m::double
            when 'return_share_12m' then measured.return_share_12m
            when 'recency_days' then measured.recency_days::double
            when 'order_days' then measured.order_days::double
            when 'product_count_12m' then measured.product_count_12m::double
            when 'lifetime_value' then measured.lifetime_value::double
            else typed.value
        end as current_value,
        case when objectives.measure_id is null then typed.observed_on else as_of end as valued_on,
        case
            when objectives.baseline_value <> objectives.target_value
                then objectives.baseline_value > objectives.target_value
            else coalesce(objectives.measure_id in ('cost_to_serve_12m', 'return_share_12m', 'recency_days'), false)
        end as is_lower_better,
        objectives.baseline_value + (objectives.target_value - objectives.baseline_value) * least(
            1.0,
            greatest(0.0, date_diff('day', plans.begins_on, as_of) / greatest(1, date_diff('day', plans.begins_on, objectives.due_on)))
        ) as expected_value
    from plans.objectives
    join plans.plans on plans.plan_id = objectives.plan_id
    left join typed on typed.objective_id = objectives.objective_id
    left join value.account_measures(as_of) as measured on measured.account_id = plans.account_id
    left join ledgers.accounts on accounts.account_id = plans.account_id
    where objectives.recorded_on <= as_of
)
select
    objective_id,
    plan_id,
    account_id,
    name,
    objective,
    measure_id,
    unit,
    baseline_value,
    target_value,
    current_value,
    case when current_value is not null then valued_on end as current_on,
    expected_value,
    (current_value - baseline_value) / nullif(target_value - baseline_value, 0) as progress_share,
    due_on,
    is_shown,
    is_unfinished as is_open,
    case
        when not is_unfinished then state
        when current_value is null then 'unknown'
        when is_lower_better and current_value <= target_value then 'reached'
        when not is_lower_better and current_value >= target_value then 'reached'
        when due_on < as_of then 'off_track'
        when expected_value is null then 'unknown'
        when is_lower_better = (current_value <= expected_value) or current_value = expected_value then 'on_track'
        else 'behind'
    end as objective_state,
    case when is_unfinished then '' else outcome end as outcome,
    version
from valued;
