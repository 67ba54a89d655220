-- Dates to remember that people write down. One that is no longer to be remembered is ended, never deleted.
create table everyday.dates (
    date_id bigint primary key,
    account_id varchar not null,
    kind varchar not null check (kind in ('customer_event', 'holiday', 'anniversary', 'contract', 'other')),
    what varchar not null,
    falls_on date not null,
    is_yearly boolean not null,
    remind_days integer not null check (remind_days between 0 and 365),
    note varchar not null default '',
    recorded_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null,
    ended_on date,
    ended_by varchar,
    version integer not null default 1
);
