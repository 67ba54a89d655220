-- People who work with the workbench. In single-user mode one of them is `chosen`.
create schema access;

create table access.people (
    person_id varchar primary key,
    name varchar not null,
    role varchar not null check (role in ('champion', 'executive', 'committee', 'account_manager')),
    email varchar,
    is_chosen boolean not null default false,
    version integer not null default 1
);
