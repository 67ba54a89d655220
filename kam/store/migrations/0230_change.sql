-- The programme as a change of how the company works: its roadmap, what was judged where no record speaks, and what
-- each function was asked and promised. Statements are dated; the latest up to a day counts.
create schema change;

create table change.milestones (
    milestone_id bigint primary key,
    step varchar not null,                         -- which of the seven steps it serves: kam.change.STEPS
    milestone varchar not null,
    owner varchar not null,
    starts_on date,
    due_on date not null,
    origin varchar not null check (origin in ('roadmap', 'priorities', 'round', 'practice')),
    origin_key varchar not null default '',        -- the attribute, the year of the round or the practice
    seen varchar,                                  -- JSON: the figures seen when it was decided
    state varchar not null default 'open' check (state in ('open', 'done', 'dropped')),
    outcome varchar not null default '',
    closed_on date,
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);

-- A milestone that cannot be reached before another is.
create table change.milestone_needs (
    milestone_id bigint not null,
    needed_id bigint not null,
    primary key (milestone_id, needed_id)
);

create table change.step_judgements (
    judgement_id bigint primary key,
    step varchar not null,
    verdict varchar not null check (verdict in ('absent', 'begun', 'in_place')),
    evidence varchar not null,
    evidence_on date not null,
    judged_on date not null,
    judged_by varchar not null,
    judged_at timestamp not null
);

create table change.function_statements (
    statement_id bigint primary key,
    function varchar not null,                     -- a key of kam.change.FUNCTIONS
    asked varchar not null,                        -- what the programme asks of it
    promised varchar not null default '',          -- what it promised; empty: nothing yet
    promised_by varchar not null default '',
    kpi varchar not null default '',               -- by which its support is measured
    kpi_target double,
    kpi_value double,                              -- as last stated; null: never measured
    kpi_better varchar not null check (kpi_better in ('higher', 'lower')),
    hours_needed double check (hours_needed >= 0), -- hours a month that key accounts take of it; null: unknown
    hours_given double check (hours_given >= 0),   -- hours a month that it set aside; null: unknown
    stated_on date not null,
    stated_by varchar not null,
    stated_at timestamp not null
);
