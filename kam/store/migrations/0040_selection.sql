-- Written eligibility criteria as dated, adopted sets.
create schema selection;

create table selection.criteria_sets (
    criteria_set_id bigint primary key,
    name varchar not null,
    valid_from date not null,
    source varchar not null,
    document varchar not null,                     -- the criteria file as adopted (TOML)
    reason varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);

create table selection.gates (
    criteria_set_id bigint not null,
    position integer not null,
    measure varchar not null,
    at_least double,
    at_most double,
    unit varchar not null,
    source varchar not null,
    primary key (criteria_set_id, position)
);

create table selection.scores (
    criteria_set_id bigint not null,
    position integer not null,
    measure varchar not null,
    axis varchar not null check (axis in ('attractiveness', 'strength')),
    weight double not null,
    anchors double[][] not null,                   -- (measure value, points 0..10), rising in the measure
    unit varchar not null,
    source varchar not null,
    primary key (criteria_set_id, position)
);
