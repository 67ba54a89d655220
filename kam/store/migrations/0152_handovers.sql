-- What is handed over when an account's manager or sponsor changes.

-- source names the change: appointment:3, import:17:C1, sponsor:8. One handover per change, which the writing code sees to.
create table managers.handovers (
    handover_id bigint primary key,
    source varchar not null,
    account_id varchar not null,
    kind varchar not null check (kind in ('manager', 'sponsor')),
    from_name varchar not null,
    to_name varchar,                               -- null: nobody had taken over yet
    changed_on date not null,
    checklist_version varchar not null,
    item_count integer not null,
    state varchar not null default 'open' check (state in ('open', 'closed')),
    closed_on date,
    lessons varchar not null default '',
    closed_by varchar,
    opened_by varchar not null,
    opened_at timestamp not null,
    version integer not null default 1
);

-- What was said about an item of the checklist; never edited, the latest statement counts.
create table managers.handover_marks (
    mark_id bigint primary key,
    handover_id bigint not null,
    item_id varchar not null,
    state varchar not null check (state in ('done', 'not_needed', 'open')),
    note varchar not null default '',
    marked_on date not null,
    marked_by varchar not null,
    marked_at timestamp not null
);
