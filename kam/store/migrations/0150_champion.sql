-- Who carries key account management, what the top team decided about it, and where it was explained.

-- One row per statement about a term, never edited: the first appoints, later ones of the same term amend it.
create table programme.champion_records (
    record_id bigint primary key,
    term_id bigint not null,
    name varchar not null,
    reports_to varchar not null,
    reports_to_level varchar not null
        check (reports_to_level in ('board', 'c_level', 'vice_president', 'director', 'below')),
    time_share double check (time_share between 0 and 1),  -- null: none has been set aside in writing
    from_on date not null,
    until_on date,                                 -- last day of the term; null: without an end
    successor varchar,
    reason varchar not null,
    decided_on date not null,                      -- from which day this statement holds
    decided_by varchar not null,
    decided_at timestamp not null
);

create table programme.agenda_items (
    item_id bigint primary key,
    body varchar not null,                         -- board, executive committee …
    held_on date not null,
    subject varchar not null,
    outcome varchar,                               -- null: still ahead, or not written down yet
    decision varchar,
    recorded_by varchar not null,
    recorded_at timestamp not null,
    version integer not null default 1
);

create table programme.roadshow_events (
    event_id bigint primary key,
    held_on date not null,
    place varchar not null,
    function varchar not null,                     -- which function of ours was told
    held_by varchar not null,
    people_count integer check (people_count > 0), -- null: nobody counted
    questions varchar not null default '',
    recorded_by varchar not null,
    recorded_at timestamp not null
);
