-- Service: what was promised, complaints with their owners, concessions.
create table plans.commitments (
    commitment_id bigint primary key,
    account_id varchar not null,
    practice_id varchar,                           -- of data/commitments.toml; null: made for this account
    commitment varchar not null,
    function varchar not null,
    owner varchar not null,
    begins_on date not null,
    due_on date,                                   -- null: standing
    kpi varchar not null default '',
    unit varchar not null default '',
    target_value double,
    is_shown boolean not null default false,
    state varchar not null default 'open' check (state in ('open', 'ended')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);

create table plans.commitment_checks (
    commitment_id bigint not null,
    observed_on date not null,
    is_kept boolean not null,
    value double,
    evidence varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table plans.complaints (
    complaint_id bigint primary key,
    account_id varchar not null,
    complaint varchar not null,
    function varchar not null,
    severity varchar not null check (severity in ('minor', 'serious', 'critical')),
    received_on date not null,
    owner varchar not null,                        -- who received it, until someone else accepted it
    offered_to varchar,                            -- who is asked to take it over; the owner stays until they accept
    answered_on date,
    first_answer varchar not null default '',
    state varchar not null default 'open' check (state in ('open', 'closed')),
    closed_on date,
    outcome varchar not null default '',
    cause varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);

-- Who owned a complaint: received, offered, accepted or declined. Append-only.
create table plans.complaint_owners (
    complaint_id bigint not null,
    step varchar not null check (step in ('received', 'offered', 'accepted', 'declined')),
    owner varchar not null,
    happened_on date not null,
    reason varchar not null default '',
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table plans.concessions (
    concession_id bigint primary key,
    account_id varchar not null,
    kind varchar not null check (kind in ('price', 'non_price')),
    concession varchar not null,
    begins_on date not null,
    ends_on date,
    cost_amount decimal(18, 2),                    -- a year; null: unknown
    reason varchar not null,
    given_by varchar not null,
    state varchar not null default 'open' check (state in ('open', 'ended')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);
