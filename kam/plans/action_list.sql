-- plans.action_list(as_of DATE)
-- One row: an action or milestone of a plan, recorded up to as_of.
-- Columns:
--   action_id       the action
--   plan_id         its plan
--   account_id      the plan's account
--   name            the account's name; its id where the account master no longer has it
--   manager         its account manager, as in the master
--   action          what is done
--   owner           who does it
--   starts_on       when it starts; null where that was not said
--   due_on          until when
--   progress_share  how far it is, share
--   is_milestone    true for a point that is reached rather than worked on
--   is_shown        true where it stands in the customer's copy
--   objective_id    the objective it is for; null for none
--   objective       that objective in words
--   swot_id         the SWOT item it came out of; null for none
--   swot_item       that item in words
--   initiative_id   the initiative valued in profit that it serves; null for none
--   initiative      that initiative in words, as stated on as_of
--   is_open         true while it is neither done nor dropped on as_of, in a plan that is open on as_of
--   action_state    on as_of: overdue, due_soon (within plans.due_soon_days), open, done, dropped; carried (open when its
--                   plan was closed and taken over by the next period), left_open (open at closing and not taken over)
--   closed_on       when it was done or dropped; null while open on as_of
--   days_left       due_on − as_of of an open action, days, below 0 when it is late; null otherwise
--   days_late       days after due_on: of an open action on as_of, of a done one at closing; 0 where it was in time
--   outcome         what came of it; empty while open
--   version         of the record, for changing it
create or replace macro plans.action_list(as_of DATE) as table
with soon as (
    select max(value) filter (where parameter_id = 'plans.due_soon_days')::integer as due_soon_days
    from parameters.effective(as_of)
),
known as (
    select
        actions.*,
        plans.account_id,
        actions.state = 'open' or actions.closed_on > as_of as is_unfinished,
        plans.state = 'open' or plans.closed_on > as_of as is_plan_open,
        exists (
            from plans.actions as later
            where later.carried_from_id = actions.action_id and later.recorded_on <= as_of
        ) as is_carried
    from plans.actions
    join plans.plans on plans.plan_id = actions.plan_id
    where actions.recorded_on <= as_of
)
select
    known.action_id,
    known.plan_id,
    known.account_id,
    coalesce(accounts.name, known.account_id) as name,
    accounts.owner as manager,
    known.action,
    known.owner,
    known.starts_on,
    known.due_on,
    known.progress_share,
    known.is_milestone,
    known.is_shown,
    known.objective_id,
    objectives.objective,
    known.swot_id,
    swot_items.item as swot_item,
    known.initiative_id,
    initiatives.title as initiative,
    known.is_unfinished and known.is_plan_open as is_open,
    case
        when not known.is_unfinished then known.state
        when not known.is_plan_open then case when known.is_carried then 'carried' else 'left_open' end
        when known.due_on < as_of then 'overdue'
        when date_diff('day', as_of, known.due_on) <= soon.due_soon_days then 'due_soon'
        else 'open'
    end as action_state,
    case when not known.is_unfinished then known.closed_on end as closed_on,
    case when known.is_unfinished and known.is_plan_open then date_diff('day', as_of, known.due_on)::integer end as days_left,
    greatest(0, date_diff('day', known.due_on, case when known.is_unfinished then as_of else known.closed_on end))::integer
        as days_late,
    case when known.is_unfinished then '' else known.outcome end as outcome,
    known.version
from known
cross join soon
left join plans.objectives on objectives.objective_id = known.objective_id
left join plans.swot_items on swot_items.swot_id = known.swot_id
left join value.planned_initiatives(as_of) as initiatives on initiatives.initiative_id = known.initiative_id
left join ledgers.accounts on accounts.account_id = known.account_id;
