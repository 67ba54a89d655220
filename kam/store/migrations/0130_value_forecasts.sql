-- What people state about the accounts' future: initiatives, risk and relational ratings, and what-if scenarios kept.
-- All are appended to: a correction is a new row, and the latest stated up to a day counts on that day.

create table value.initiatives (
    initiative_id bigint not null,
    revision integer not null,
    account_id varchar not null,
    title varchar not null,
    profit_low_amount decimal(18, 2) not null,     -- yearly effect on profit, reporting currency
    profit_likely_amount decimal(18, 2) not null,
    profit_high_amount decimal(18, 2) not null,
    starts_on date not null,
    ends_on date not null,                         -- the last day of its effect
    probability double not null check (probability between 0 and 1),
    owner varchar not null,
    source varchar not null,
    is_withdrawn boolean not null default false,
    stated_on date not null,                       -- the day from which this revision counts
    recorded_by varchar not null,
    recorded_at timestamp not null,
    primary key (initiative_id, revision)
);

create table value.risk_ratings (
    rating_id bigint primary key,
    account_id varchar not null,
    factor varchar not null,
    rating integer check (rating between 0 and 4), -- null: the judgement is taken back, the records speak again
    evidence varchar not null,
    rated_on date not null,
    assessor varchar not null,
    recorded_at timestamp not null
);

create table value.relational_ratings (
    rating_id bigint primary key,
    account_id varchar not null,
    kind varchar not null check (kind in ('reference', 'referral', 'learning', 'innovation')),
    rating integer not null check (rating between 0 and 4),
    amount decimal(18, 2),                         -- money only with a causal line and a probability
    probability double check (probability between 0 and 1),
    causal_line varchar,
    evidence varchar not null,
    rated_on date not null,
    assessor varchar not null,
    recorded_at timestamp not null
);

create table value.scenarios (
    scenario_id bigint primary key,
    name varchar not null,
    account_id varchar not null,
    as_of date not null,
    inputs varchar not null,                       -- JSON: what was changed
    result varchar not null,                       -- JSON: before and after, frozen
    note varchar not null,
    kept_by varchar not null,
    kept_at timestamp not null
);
