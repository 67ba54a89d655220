-- The store's own tables: whose file this is, what ran, what was done by whom.
create schema store;

create table store.workbench (
    key varchar primary key,
    value varchar not null
);

create table store.migrations (
    number integer primary key,
    name varchar not null,
    applied_at timestamp not null
);

create table store.applied_operations (
    op_id varchar primary key,
    applied_at timestamp not null
);

create table store.data_versions (
    scope varchar primary key,
    version bigint not null
);

create table store.audit_events (
    event_id bigint primary key,
    happened_at timestamp not null,
    person_id varchar not null,
    person_name varchar not null,
    action varchar not null,
    subject_kind varchar not null,
    subject_id varchar not null,
    details varchar not null,
    previous_hash varchar not null,
    hash varchar not null
);
