-- The cost model: what capacity costs and how many minutes each activity takes. Adopted as a whole, dated.
create schema value;

create table value.cost_models (
    model_id bigint primary key,
    name varchar not null,
    valid_from date not null,
    source varchar not null,
    reason varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);

create table value.cost_pools (
    model_id bigint not null,
    position integer not null,                     -- order in the model's file
    pool_id varchar not null,
    name varchar not null,
    period_from date not null,
    period_to date not null,                       -- inclusive
    cost_amount decimal(18, 2) not null check (cost_amount >= 0),
    practical_capacity_minutes decimal(18, 2) check (practical_capacity_minutes > 0),
    is_business_sustaining boolean not null default false,   -- never charged to an account
    source varchar not null,
    primary key (model_id, pool_id, period_from)
);

create table value.cost_activities (
    model_id bigint not null,
    position integer not null,
    activity_code varchar not null,
    name varchar not null,
    pool_id varchar not null,
    driver varchar not null,                       -- orders, lines, rush_lines, return_lines (ledger) or activities
    unit_minutes decimal(18, 4) not null check (unit_minutes >= 0),
    source varchar not null,
    primary key (model_id, activity_code)
);
