-- Selection cycles: what was seen and decided, frozen. Rows of cycle_accounts are written once, when the cycle is assessed.
create table selection.cycles (
    cycle_id bigint primary key,
    name varchar not null,
    state varchar not null check (state in ('open', 'assessed', 'decided', 'in_force', 'abandoned')),
    as_of date not null,                           -- the day that it judges
    opened_by varchar not null,
    opened_at timestamp not null,
    criteria_set_id bigint,
    frozen varchar,                                -- JSON: criteria, limits, rules, draws, the ledger's state
    frozen_hash varchar,                           -- SHA-256 over frozen and the cycle's accounts
    assessed_by varchar,
    assessed_at timestamp,
    decided_on date,
    present varchar not null default '',           -- who was in the room
    conclusions varchar not null default '',
    decided_by varchar,
    decided_at timestamp,
    decisions_hash varchar,                        -- SHA-256 over the cycle's decisions
    in_force_on date,
    put_in_force_by varchar,
    put_in_force_at timestamp,
    version integer not null default 1
);

create table selection.cycle_accounts (
    cycle_id bigint not null,
    account_id varchar not null,
    judged_as varchar not null,                    -- itself, or its group's root: whose figures these are
    name varchar not null,
    is_key_account boolean not null,
    state_before varchar not null,
    verdict varchar not null,
    is_near_miss boolean not null,
    rank integer,                                  -- by attractiveness among those that pass every gate and have one
    attractiveness_low double,
    attractiveness_high double,
    strength_low double,
    strength_high double,
    category varchar,
    acceptability double,                          -- share of the draws in which it is among the best
    gates varchar not null,                        -- JSON as in a roster decision
    scores varchar not null,
    proposal varchar,                              -- enter, stay, leave, wait or decline; null: nothing to decide
    cause varchar,                                 -- why, a code of kam.programme.lifecycle.CAUSES
    proposed varchar                               -- JSON: the membership that the proposal leads to
);

create table selection.cycle_decisions (
    cycle_id bigint not null,
    account_id varchar not null,
    decision varchar not null check (decision in ('enter', 'stay', 'leave', 'wait', 'decline')),
    proposal varchar,
    reason varchar not null
);

-- Requests to make an exception, each with its answer: the programme's own, and there is no other.
create table selection.exception_requests (
    request_id bigint primary key,
    account_id varchar not null,
    requested_on date not null,
    ground varchar not null,                       -- a forbidden ground, or other_evidence
    evidence varchar not null,
    asked_by varchar not null,
    outcome varchar not null check (outcome in ('refused_ground', 'refused_gate', 'unknown_gate', 'regular_way', 'already_member')),
    answer varchar not null,
    source varchar not null,
    verdict varchar,
    seen varchar,                                  -- JSON: the verdict that was seen
    recorded_by varchar not null,
    recorded_at timestamp not null
);
