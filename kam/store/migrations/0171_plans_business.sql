-- Stage definitions (dated, adopted whole), opportunities made here, and when a stage began.
create table plans.stage_sets (
    stage_set_id bigint primary key,
    name varchar not null,
    valid_from date not null,
    source varchar not null,
    document varchar not null,                     -- the file as adopted (TOML)
    reason varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);

create table plans.stages (
    stage_set_id bigint not null,
    stage_id varchar not null,
    position integer not null,
    name varchar not null,
    kind varchar not null check (kind in ('open', 'won', 'lost')),
    probability double not null check (probability between 0 and 1),
    exit_criteria varchar[] not null,
    also_called varchar[] not null,                -- other words for it, in small letters, its id and name among them
    primary key (stage_set_id, stage_id)
);

create table plans.opportunities (
    opportunity_id varchar primary key,            -- W-1, W-2 …: never an id of an import
    account_id varchar not null,
    name varchar not null,
    stage varchar not null,
    amount decimal(18, 2),
    probability_share double check (probability_share between 0 and 1),
    expected_close_on date,
    owner varchar not null,
    category varchar not null default '',
    unit varchar not null default '',
    state varchar not null default 'open' check (state in ('open', 'won', 'lost')),
    closed_on date,
    outcome varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    version integer not null default 1
);

-- Since when an opportunity (made here or imported) is in a stage, as decided here or seen at a stock-taking.
create table plans.stage_changes (
    opportunity_id varchar not null,
    stage varchar not null,
    changed_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);
