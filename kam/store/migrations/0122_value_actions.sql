-- What is done about an account that costs too much: decided with a baseline, followed up, closed. Append-only.
create table value.actions (
    action_id bigint primary key,
    account_id varchar not null,
    kind varchar not null,                         -- fix_process, price_service, order_minimum, terms, renegotiate, exit
    what varchar not null,
    owner varchar not null,
    decided_on date not null,
    due_on date not null,
    expected_amount decimal(18, 2) not null,       -- effect a year
    proposed_amount decimal(18, 2),                -- what the workbench computed; null where it could not
    measure varchar not null,                      -- contribution or economic_profit: in which the effect shows
    baseline_amount decimal(18, 2) not null,       -- of the 12 months to decided_on, frozen
    seen varchar not null,                         -- JSON: the account's statement and drivers as they were seen
    reason varchar not null,
    decided_by varchar not null,
    decided_at timestamp not null
);

create table value.action_closures (
    action_id bigint primary key,
    closed_on date not null,
    outcome varchar not null check (outcome in ('worked', 'partly', 'failed', 'dropped')),
    seen_amount decimal(18, 2),                    -- effect seen on that day, frozen; null where it was unknown
    notes varchar not null,
    closed_by varchar not null,
    closed_at timestamp not null
);
