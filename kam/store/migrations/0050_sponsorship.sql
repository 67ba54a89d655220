-- Our executives behind key accounts: decisions, and at most one active sponsor per account.
create schema sponsorship;

create table sponsorship.decisions (
    decision_id bigint primary key,
    account_id varchar not null,
    executive_id varchar not null,
    decision varchar not null check (decision in ('assigned', 'relieved')),
    decided_on date not null,
    reason varchar not null,
    seen varchar,                                  -- JSON: fit and load seen when deciding
    decided_by varchar not null,
    decided_at timestamp not null
);

create table sponsorship.active_sponsors (
    account_id varchar primary key,
    executive_id varchar not null,
    assigned_on date not null,
    decision_id bigint not null
);
