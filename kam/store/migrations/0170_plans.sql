-- Account plans: a period, what is to be reached in it and by which steps. A closed period is frozen in `kept`.
create schema plans;

create table plans.plans (
    plan_id bigint primary key,
    account_id varchar not null,
    title varchar not null,
    begins_on date not null,
    ends_on date not null,
    three_year_view varchar not null default '',
    joint_aim varchar not null default '',         -- what may be said to the customer
    state varchar not null default 'open' check (state in ('open', 'closed')),
    closed_on date,
    outcome varchar not null default '',
    kept varchar,                                  -- JSON: what the plan said and the readings seen, frozen at closing
    continues_plan_id bigint,                      -- the period before, whose open items this one took over
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);

create table plans.objectives (
    objective_id bigint primary key,
    plan_id bigint not null,
    objective varchar not null,
    measure_id varchar,                            -- computed from the ledger; null: values are typed with a date
    unit varchar not null default '',
    baseline_value double,
    target_value double not null,
    due_on date not null,
    is_shown boolean not null default false,       -- stands in the customer's copy
    state varchar not null default 'open' check (state in ('open', 'reached', 'missed', 'dropped')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    carried_from_id bigint,                        -- the same objective in the period before
    version integer not null default 1
);

create table plans.objective_values (
    objective_id bigint not null,
    observed_on date not null,
    value double not null,
    evidence varchar not null default '',
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table plans.swot_items (
    swot_id bigint primary key,
    plan_id bigint not null,
    kind varchar not null check (kind in ('strength', 'weakness', 'opportunity', 'threat')),
    item varchar not null,
    is_shown boolean not null default false,
    state varchar not null default 'open' check (state in ('open', 'settled', 'dropped')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    carried_from_id bigint,
    version integer not null default 1
);

create table plans.actions (
    action_id bigint primary key,
    plan_id bigint not null,
    objective_id bigint,
    swot_id bigint,
    action varchar not null,
    owner varchar not null,
    starts_on date,
    due_on date not null,
    progress_share double not null default 0 check (progress_share between 0 and 1),
    is_milestone boolean not null default false,
    is_shown boolean not null default false,
    state varchar not null default 'open' check (state in ('open', 'done', 'dropped')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    carried_from_id bigint,
    version integer not null default 1
);

create table plans.risks (
    risk_id bigint primary key,
    plan_id bigint not null,
    risk varchar not null,
    likelihood integer not null check (likelihood between 1 and 5),
    severity integer not null check (severity between 1 and 5),
    mitigation varchar not null default '',
    owner varchar not null,
    is_shown boolean not null default false,
    state varchar not null default 'open' check (state in ('open', 'in_hand', 'closed')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    carried_from_id bigint,
    version integer not null default 1
);

-- Whitespace: what people know of a cell (unit × product category). A correction is a new row.
create table plans.units (
    account_id varchar not null,                   -- the topmost account of the group
    unit varchar not null,
    kind varchar not null check (kind in ('subsidiary', 'region', 'site')),
    recorded_on date not null,
    recorded_by varchar not null,
    primary key (account_id, unit)
);

create table plans.whitespace_notes (
    note_id bigint primary key,
    account_id varchar not null,                   -- the topmost account of the group
    unit varchar not null,                         -- an account_id of the group, or a unit of plans.units
    category varchar not null,
    holder varchar not null check (holder in ('us', 'competitor', 'in_house', 'none', 'unknown')),
    competitor varchar not null default '',
    potential_amount decimal(18, 2),               -- a year
    our_share double check (our_share between 0 and 1),
    source varchar not null,
    noted_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);
