-- programme.states(as_of DATE)
-- One row: an account that the programme has ever moved, where it stands on as_of.
-- Columns:
--   account_id  the account
--   name  its name; its id where the account master no longer has it
--   owner  its account manager, as in the master
--   state  outside, nominated, member, at_risk or exiting
--   cause  why it was moved last, a code
--   reason  what was said with the last move
--   since  in this state since, date
--   member_since  in the programme since, date; null outside
--   times_below  consecutive counted reviews below the exit line, or with a failed gate, count
--   last_below  the last of them, date
--   is_suspended  true where a gate that suspends failed when it was judged last
--   waits_for  what keeps it from leaving: minimum_stay, transition_plan, sponsor_approval
--   cycle_id  the selection cycle that moved it last; null without
--   moved_on  date of the last move
--   plan_id  its transition plan, written since it became a member; null without
--   approved_on  day of the exit's approval since it became a member; null without
--   approved_by  our executive who approved it
--   open_step_count  steps of the plan that are not done on as_of, count
-- Left out: moves, plans and approvals dated after as_of, and accounts that never moved.
create or replace macro programme.states(as_of DATE) as table
with last_moves as (
    select *
    from programme.moves
    where moves.moved_on <= as_of
    qualify row_number() over (partition by account_id order by move_id desc) = 1
),
plans as (
    select account_id, arg_max(plan_id, plan_id) as plan_id, arg_max(written_on, plan_id) as written_on
    from programme.transition_plans
    where written_on <= as_of
    group by account_id
),
approvals as (
    select
        account_id,
        arg_max(approved_on, approval_id) as approved_on,
        arg_max(approved_by, approval_id) as approved_by
    from programme.exit_approvals
    where exit_approvals.approved_on <= as_of
    group by account_id
),
open_steps as (
    select plan_id, count(*) as open_step_count
    from programme.transition_steps
    where done_on is null or done_on > as_of
    group by plan_id
)
select
    last_moves.account_id,
    coalesce(accounts.name, last_moves.account_id) as name,
    accounts.owner,
    last_moves.state_after as state,
    last_moves.cause,
    last_moves.reason,
    last_moves.since,
    last_moves.member_since,
    last_moves.times_below,
    last_moves.last_below,
    last_moves.is_suspended,
    last_moves.waits_for,
    last_moves.cycle_id,
    last_moves.moved_on,
    plans.plan_id,
    approvals.approved_on,
    approvals.approved_by,
    case when plans.plan_id is not null then coalesce(open_steps.open_step_count, 0) end as open_step_count
from last_moves
left join ledgers.accounts on accounts.account_id = last_moves.account_id
left join plans on plans.account_id = last_moves.account_id and plans.written_on >= last_moves.member_since
left join approvals on approvals.account_id = last_moves.account_id and approvals.approved_on >= last_moves.member_since
left join open_steps on open_steps.plan_id = plans.plan_id;
