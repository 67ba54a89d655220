-- What people say about the quality of the facts: figures to reconcile with, pairs that are no duplicates, settled rejects.
create schema quality;

create table quality.control_figures (
    figure_id bigint primary key,
    from_on date not null,               -- first day, inclusive
    to_on date not null,                 -- last day, inclusive
    currency varchar not null,
    amount decimal(18, 2) not null,      -- net revenue as the other system has it, in that currency
    source varchar not null,
    noted_by varchar not null,
    noted_at timestamp not null,
    withdrawn_by varchar,
    withdrawn_at timestamp
);

create table quality.distinct_pairs (
    account_id varchar not null,         -- the smaller id of the two
    other_account_id varchar not null,
    reason varchar not null,
    decided_by varchar not null,
    decided_at timestamp not null,
    primary key (account_id, other_account_id)
);

create table quality.settled_rejects (
    import_id bigint primary key,
    reason varchar not null,
    settled_by varchar not null,
    settled_at timestamp not null
);
