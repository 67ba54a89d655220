-- change.function_readiness(as_of DATE)
-- One row: a function of ours: what the programme asks of it, and what the records say of its readiness on as_of.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   function_id       the function (kam.change.FUNCTIONS), or as written where a training or roadshow names another
--   asked             what the programme asks of it; null while nothing was stated
--   promised          what it promised; null while it promised nothing
--   promised_by       who promised
--   stated_on         since when that stands; null without
--   heard_on          when the programme was last explained to it; null: never
--   trained_count     people of it trained, count; null: nobody
--   trained_on        the latest training; null: none
--   commitment_count  commitments to key accounts and others that it owes on as_of, count; null: it owes none
--   kept_share_12m    of the observed commitments those kept, share; null without an observation
--   overdue_count     commitments and complaints of it that are overdue, count; null where it has neither
--   kpi               by which its support is measured; null without
--   kpi_target        the target; null without
--   kpi_value         as last stated; null: never measured
--   is_kpi_met        true where the value reaches the target; null where either is unknown
--   hours_needed      hours a month that key accounts take of it; null: unknown
--   hours_given       hours a month that it set aside; null: unknown
--   is_capacity_enough  true where the hours given cover those needed; null where either is unknown
-- Left out: functions of which nothing is on record. Functions are joined by change.function_code.
create or replace macro change.function_readiness(as_of DATE) as table
with stated as (
    select *
    from change.function_statements
    where stated_on <= as_of
    qualify row_number() over (partition by function order by stated_on desc, statement_id desc) = 1
),
heard as (
    select change.function_code(function) as function, max(last_on) as heard_on
    from programme.roadshow_reach(as_of)
    group by 1
),
trained as (
    select
        change.function_code(function) as function,
        sum(trained_count)::bigint as trained_count,
        max(last_on) as trained_on
    from managers.function_reach(as_of)
    group by 1
),
served as (
    select
        change.function_code(function) as function,
        commitment_count,
        kept_share_12m,
        overdue_commitment_count + overdue_complaint_count as overdue_count
    from plans.function_service(as_of)
),
named as (
    select function from stated
    union
    select function from heard
    union
    select function from trained
    union
    select function from served
)
select
    named.function as function_id,
    stated.asked,
    nullif(stated.promised, '') as promised,
    nullif(stated.promised_by, '') as promised_by,
    stated.stated_on,
    heard.heard_on,
    trained.trained_count,
    trained.trained_on,
    served.commitment_count,
    served.kept_share_12m,
    served.overdue_count,
    nullif(stated.kpi, '') as kpi,
    stated.kpi_target,
    stated.kpi_value,
    case
        when stated.kpi_better = 'higher' then stated.kpi_value >= stated.kpi_target
        else stated.kpi_value <= stated.kpi_target
    end as is_kpi_met,
    stated.hours_needed,
    stated.hours_given,
    stated.hours_given >= stated.hours_needed as is_capacity_enough
from named
left join stated on stated.function = named.function
left join heard on heard.function = named.function
left join trained on trained.function = named.function
left join served on served.function = named.function;
