-- Where each account stands in the programme: outside, nominated, member, at_risk, exiting. Append-only; a row whose
-- state stays the same records a counted review. A move into or out of the programme names its roster decision.
create table programme.moves (
    move_id bigint primary key,
    account_id varchar not null,
    moved_on date not null,
    state_before varchar not null check (state_before in ('outside', 'nominated', 'member', 'at_risk', 'exiting')),
    state_after varchar not null check (state_after in ('outside', 'nominated', 'member', 'at_risk', 'exiting')),
    cause varchar not null,                        -- a code of kam.programme.lifecycle.CAUSES
    reason varchar not null default '',
    cycle_id bigint,                               -- the selection cycle that moved it
    decision_id bigint,                            -- the admission or release that the move made
    since date not null,                           -- in state_after since; member_since: in the programme since
    member_since date,
    times_below integer not null default 0,        -- consecutive counted reviews below, and the last of them
    last_below date,
    is_suspended boolean not null default false,
    waits_for varchar[] not null,                  -- what still keeps it from leaving (codes of WAITS_FOR)
    moved_by varchar not null,
    moved_at timestamp not null
);

-- What was decided before moves were kept.
insert into programme.moves
select
    row_number() over (order by decided_on, decision_id),
    account_id,
    decided_on,
    case when decision = 'admitted' then 'outside' else 'member' end,
    case when decision = 'admitted' then 'member' else 'outside' end,
    case when decision = 'admitted' then 'qualified' else 'released' end,
    reason,
    null,
    decision_id,
    decided_on,
    case when decision = 'admitted' then decided_on end,
    0,
    null,
    false,
    []::varchar[],
    decided_by,
    decided_at
from programme.roster_decisions;

-- How a leaver leaves: the plan written last holds. Its steps can be closed.
create table programme.transition_plans (
    plan_id bigint primary key,
    account_id varchar not null,
    written_on date not null,
    plan varchar not null,
    written_by varchar not null,
    written_at timestamp not null
);

create table programme.transition_steps (
    step_id bigint primary key,
    plan_id bigint not null,
    account_id varchar not null,
    step varchar not null,
    owner varchar not null,
    due_on date not null,
    done_on date,
    version integer not null default 1
);

create table programme.exit_approvals (
    approval_id bigint primary key,
    account_id varchar not null,
    approved_on date not null,
    approved_by varchar not null,                  -- our executive who approves
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);
