-- benchmarking.priority_actions(as_of DATE)
-- One row: an action that was made of a concern of customers up to as_of, of an account's plan or of the roadmap.
-- Columns:
--   action_id     the action of the plan, or the milestone
--   account_id    the account whose plan it stands in; null for the roadmap
--   attribute     the concern
--   action        what is done
--   owner         who does it
--   due_on        until when
--   action_state  as plans.action_list or change.milestone_list
--   seen          what customers had said, JSON: as_of, crosshair, means, intervals, lines
--   decided_on    when it was made an action
create or replace macro benchmarking.priority_actions(as_of DATE) as table
select
    actions.action_id,
    actions.account_id,
    acted.attribute,
    actions.action,
    actions.owner,
    actions.due_on,
    actions.action_state,
    acted.seen,
    acted.decided_on
from benchmarking.acted_priorities as acted
join plans.action_list(as_of) as actions on actions.action_id = acted.action_id
where acted.decided_on <= as_of
union all
select
    listed.milestone_id,
    null,
    listed.origin_key,
    listed.milestone,
    listed.owner,
    listed.due_on,
    listed.milestone_state,
    milestones.seen,
    milestones.recorded_on
from change.milestone_list(as_of) as listed
join change.milestones on milestones.milestone_id = listed.milestone_id
where listed.origin = 'priorities' and milestones.seen is not null;
