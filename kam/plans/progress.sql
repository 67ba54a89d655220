-- plans.progress(as_of DATE)
-- One row: a plan recorded up to as_of, and how far it is: the reading for health, reviews and scorecards.
-- Columns:
--   plan_id                the plan
--   account_id             its account
--   name                   the account's name; its id where the account master no longer has it
--   owner                  its account manager, as in the master
--   is_key_account         true where it is in the programme on as_of
--   title                  the plan's title
--   begins_on              its period's first day
--   ends_on                its period's last day
--   is_open                true while its period was not closed on as_of
--   plan_state             open, past_end (open after ends_on), closed, continued (closed, and the next period took over)
--   action_count           actions, milestones among them, dropped ones left out, count
--   done_count             those done up to as_of, count
--   due_count              those whose due date lies on or before as_of, count
--   due_done_count         those of due_count that are done, count
--   due_done_share         due_done_count ÷ due_count, share; null where nothing was due
--   overdue_count          open actions whose due date lies before as_of, count
--   next_due_on            the next due date of an open action from as_of on; null where there is none
--   objective_count        objectives, dropped ones left out, count
--   known_objective_count  those whose standing is known, count
--   on_course_count        those reached or on their course, count
--   on_course_share        on_course_count ÷ known_objective_count, share; null where none is known
--   open_risk_count        risks not closed, count
--   high_risk_count        open risks from plans.high_risk_from on, count
--   shown_count            items marked for the customer's copy, count
--   version                of the plan's record
-- Identity: action_count = done_count + open, carried and left actions.
create or replace macro plans.progress(as_of DATE) as table
with acting as (
    select
        plan_id,
        count(*) filter (where action_state <> 'dropped') as action_count,
        count(*) filter (where action_state = 'done') as done_count,
        count(*) filter (where action_state <> 'dropped' and due_on <= as_of) as due_count,
        count(*) filter (where action_state = 'done' and due_on <= as_of) as due_done_count,
        count(*) filter (where action_state = 'overdue') as overdue_count,
        min(due_on) filter (where is_open and due_on >= as_of) as next_due_on,
        count(*) filter (where is_shown) as shown_count
    from plans.action_list(as_of)
    group by plan_id
),
aiming as (
    select
        plan_id,
        count(*) filter (where objective_state <> 'dropped') as objective_count,
        count(*) filter (where objective_state not in ('dropped', 'unknown')) as known_objective_count,
        count(*) filter (where objective_state in ('reached', 'on_track')) as on_course_count,
        count(*) filter (where is_shown) as shown_count
    from plans.objective_list(as_of)
    group by plan_id
),
risking as (
    select
        plan_id,
        count(*) filter (where is_open) as open_risk_count,
        count(*) filter (where is_open and is_high) as high_risk_count,
        count(*) filter (where is_shown) as shown_count
    from plans.risk_list(as_of)
    group by plan_id
),
positioned as (
    select plan_id, count(*) filter (where is_shown) as shown_count
    from plans.swot_list(as_of)
    group by plan_id
)
select
    plans.plan_id,
    plans.account_id,
    coalesce(accounts.name, plans.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    plans.title,
    plans.begins_on,
    plans.ends_on,
    plans.state = 'open' or plans.closed_on > as_of as is_open,
    case
        when plans.state = 'closed' and plans.closed_on <= as_of then
            case when following.plan_id is not null then 'continued' else 'closed' end
        when plans.ends_on < as_of then 'past_end'
        else 'open'
    end as plan_state,
    coalesce(acting.action_count, 0) as action_count,
    coalesce(acting.done_count, 0) as done_count,
    coalesce(acting.due_count, 0) as due_count,
    coalesce(acting.due_done_count, 0) as due_done_count,
    acting.due_done_count / nullif(acting.due_count, 0) as due_done_share,
    coalesce(acting.overdue_count, 0) as overdue_count,
    acting.next_due_on,
    coalesce(aiming.objective_count, 0) as objective_count,
    coalesce(aiming.known_objective_count, 0) as known_objective_count,
    coalesce(aiming.on_course_count, 0) as on_course_count,
    aiming.on_course_count / nullif(aiming.known_objective_count, 0) as on_course_share,
    coalesce(risking.open_risk_count, 0) as open_risk_count,
    coalesce(risking.high_risk_count, 0) as high_risk_count,
    coalesce(acting.shown_count, 0) + coalesce(aiming.shown_count, 0) + coalesce(risking.shown_count, 0)
        + coalesce(positioned.shown_count, 0) as shown_count,
    plans.version
from plans.plans
left join acting on acting.plan_id = plans.plan_id
left join aiming on aiming.plan_id = plans.plan_id
left join risking on risking.plan_id = plans.plan_id
left join positioned on positioned.plan_id = plans.plan_id
left join plans.plans as following on following.continues_plan_id = plans.plan_id and following.recorded_on <= as_of
left join programme.roster(as_of) as roster on roster.account_id = plans.account_id
left join ledgers.accounts on accounts.account_id = plans.account_id
where plans.recorded_on <= as_of;
