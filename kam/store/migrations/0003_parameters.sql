-- Thresholds and rates. Defaults come with the workbench (data/parameters.toml), adopted values are decisions.
create schema parameters;

create table parameters.default_values (
    parameter_id varchar not null,
    valid_from date not null,
    value double not null,
    unit varchar not null,
    source varchar not null,
    primary key (parameter_id, valid_from)
);

create table parameters.adopted_values (
    adoption_id bigint primary key,
    parameter_id varchar not null,
    valid_from date not null,
    value double,                 -- null: from this date on the figure is unknown again
    unit varchar not null,
    source varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);
