-- plans.funnel(as_of DATE, of_account VARCHAR)
-- One row: an open stage of the adopted definitions with what stands in it, of one account (of_account null: of all).
-- Columns:
--   position           the stage's place in the order
--   stage_name         the stage
--   probability        as defined, share
--   exit_criteria      what must be met to leave it, one per line
--   opportunity_count  open opportunities in it, count
--   amount             of those whose amount is known, reporting currency; null where none is
--   weighted_amount    amount × probability (its own, else the stage's), reporting currency; null where none is known
--   unvalued_count     opportunities in it whose amount is unknown, count
--   stuck_count        opportunities in it for longer than plans.stage_stuck_after_days, count
--   oldest_days        the longest time one of them has been in it, days; null where nobody wrote it down
-- Empty before stages were adopted.
create or replace macro plans.funnel(as_of DATE, of_account VARCHAR) as table
with in_force as (
    select arg_max(stage_set_id, (valid_from, stage_set_id)) as stage_set_id
    from plans.stage_sets
    where valid_from <= as_of
),
listed as (
    select * from plans.opportunity_list(as_of) where of_account is null or account_id = of_account
)
select
    stages.position,
    stages.name as stage_name,
    stages.probability,
    array_to_string(stages.exit_criteria, chr(10)) as exit_criteria,
    count(listed.opportunity_id) as opportunity_count,
    case when count(listed.opportunity_id) = 0 then 0 else sum(listed.amount) end::decimal(18, 2) as amount,
    case when count(listed.opportunity_id) = 0 then 0 else sum(listed.weighted_amount) end::decimal(18, 2) as weighted_amount,
    count(listed.opportunity_id) filter (where listed.amount is null) as unvalued_count,
    count(*) filter (where listed.is_stuck) as stuck_count,
    max(listed.days_in_stage) as oldest_days
from plans.stages
join in_force on in_force.stage_set_id = stages.stage_set_id
left join listed on listed.position = stages.position and listed.is_open
where stages.kind = 'open'
group by stages.position, stages.name, stages.probability, stages.exit_criteria;
