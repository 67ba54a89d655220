-- The yearly benchmark round: ratings with evidence, reference values, and the closed round's figures.
create schema benchmarking;

-- At most one round a year: the store itself refuses a second.
create table benchmarking.rounds (
    round_id bigint primary key,
    year integer not null unique,
    instrument_version varchar not null,
    state varchar not null check (state in ('open', 'closed')),
    opened_on date not null,
    opened_by varchar not null,
    closed_on date,
    closed_by varchar,
    conclusions varchar not null default '',
    results varchar,                               -- JSON: scores, programme facts and comparison as closed
    version integer not null default 1
);

create table benchmarking.ratings (
    round_id bigint not null,
    item_id varchar not null,
    rater varchar not null,
    score integer not null check (score between 0 and 4),
    evidence varchar,
    evidence_on date,
    rated_at timestamp not null,
    version integer not null default 1,
    primary key (round_id, item_id, rater)
);

create table benchmarking.reference_values (
    reference_id bigint primary key,
    dimension varchar not null,                    -- a dimension of the instrument, `overall` or `core`
    mean double not null,                          -- 0–100
    sd double,
    sample_size integer,
    population varchar not null,
    year integer not null,
    citation varchar not null,
    imported_by varchar not null,
    imported_at timestamp not null
);
