-- Account managers: what they can, what they hold, how they are developed and measured. Decisions and records with dates.
create schema managers;

-- What somebody saw of a manager on a day; never edited, a later rating of the same rater takes its place in readings.
create table managers.ratings (
    rating_id bigint primary key,
    manager_id varchar not null,
    competency varchar not null,
    level integer not null check (level between 1 and 5),
    rater_kind varchar not null check (rater_kind in ('self', 'manager', 'customer', 'peer')),
    rater varchar not null,
    rated_on date not null,
    evidence varchar not null,
    model_version varchar not null,
    entered_by varchar not null,
    entered_at timestamp not null
);

create table managers.appointments (
    appointment_id bigint primary key,
    account_id varchar not null,
    manager_id varchar not null,
    appointed_on date not null,
    grounds varchar[] not null,
    reason varchar not null,
    master_owner varchar,                          -- who the account master named when this was decided
    seen varchar,                                  -- JSON: gap, readiness, load seen when deciding
    decided_by varchar not null,
    decided_at timestamp not null
);

-- Who left the company or came back; the latest statement up to a day counts.
create table managers.departures (
    departure_id bigint primary key,
    manager_id varchar not null,
    state varchar not null check (state in ('left', 'returned')),
    stated_on date not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table managers.absences (
    absence_id bigint primary key,
    manager_id varchar not null,
    from_on date not null,
    until_on date not null,
    deputy_manager_id varchar,                     -- null: nobody covers
    reason varchar not null default '',
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- Hours a year that a manager has for key accounts, from a day on.
create table managers.capacities (
    capacity_id bigint primary key,
    manager_id varchar not null,
    from_on date not null,
    hours_a_year double not null check (hours_a_year >= 0),
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table managers.trainings (
    training_id bigint primary key,
    manager_id varchar not null,
    competency varchar not null,
    method varchar not null,
    evidence_expected varchar not null,
    planned_on date not null,
    due_on date not null,
    rerate_on date not null,
    state varchar not null default 'open' check (state in ('open', 'done', 'dropped')),
    closed_on date,
    evidence varchar,                              -- what was shown in the end; why it was dropped
    planned_by varchar not null,
    planned_at timestamp not null,
    version integer not null default 1
);

-- The functions that serve key accounts: who was trained in what.
create table managers.function_trainings (
    function_training_id bigint primary key,
    function varchar not null,
    topic varchar not null,
    trained_on date not null,
    trained_count integer not null check (trained_count > 0),
    people varchar not null default '',
    method varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- How managers are measured and paid, as it is; what is wrong with a scheme is kept with it as it was seen.
create table managers.schemes (
    scheme_id bigint primary key,
    name varchar not null,
    manager_id varchar,                            -- null: for all managers
    valid_from date not null,
    period_months integer not null check (period_months > 0),
    findings varchar not null,                     -- JSON: measure, finding, reason, source
    adopted_by varchar not null,
    adopted_at timestamp not null
);

create table managers.scheme_measures (
    scheme_id bigint not null,
    measure_no integer not null,
    measure varchar not null,
    weight double not null check (weight > 0 and weight <= 1),
    scope varchar not null check (scope in ('individual', 'team')),
    primary key (scheme_id, measure_no)
);
