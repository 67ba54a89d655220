-- relationships.health(as_of DATE, of_account VARCHAR)
-- One row: an account with its health on as_of, as kam.relationships.health reads it for one account with its parts.
-- of_account null: of every account.
-- Columns:
--   account_id         the account
--   health             0 to 100, points: the mean of the known parts by weight, at most relationships.red_line_cap while
--       a red line is open; null where no part is known
--   health_confidence  how much of the weight rests on fresh evidence, share
--   health_state       healthy, watch, poor, thin (confidence below relationships.health_least_confidence) or unknown
--   has_red_line       true while a red line is open
create or replace macro relationships.health(as_of DATE, of_account VARCHAR) as table
with held as (
    select
        max(value) filter (where parameter_id = 'relationships.evidence_fresh_days') as fresh_days,
        max(value) filter (where parameter_id = 'relationships.red_line_cap') as cap,
        max(value) filter (where parameter_id = 'relationships.health_least_confidence') as least_confidence,
        max(value) filter (where parameter_id = 'relationships.part_alarm_below') as poor_below,
        max(value) filter (where parameter_id = 'relationships.health_good_from') as good_from
    from parameters.effective(as_of)
),
told as (
    select
        account_id,
        sum(weight * points) / nullif(sum(weight) filter (where points is not null), 0) as uncapped,
        coalesce(
            sum(
                weight * least(1, greatest(0, 2 - date_diff('day', evidence_on, as_of) / fresh_days))
            ) filter (where points is not null and evidence_on is not null)
            / nullif(sum(weight), 0),
            0
        )::double as health_confidence
    from relationships.health_parts(as_of, of_account)
    cross join held
    group by account_id
),
capped as (
    select distinct account_id from relationships.open_red_lines(as_of)
),
known as (
    select
        told.*,
        capped.account_id is not null as has_red_line,
        -- least passes over nulls: unknown has to stay unknown, and no cap caps nothing.
        case
            when uncapped is not null and capped.account_id is not null then least(uncapped, cap)
            else uncapped
        end::double as health
    from told
    left join capped on capped.account_id = told.account_id
    cross join held
)
select
    account_id,
    health,
    health_confidence,
    case
        when health is null then 'unknown'
        when has_red_line then 'poor'
        when health_confidence < least_confidence then 'thin'
        when health < poor_below then 'poor'
        when health >= good_from then 'healthy'
        else 'watch'
    end as health_state,
    has_red_line
from known
cross join held;
