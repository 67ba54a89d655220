-- The work over all accounts: tags, saved segments, grades, whose account it is, fields that people define.
-- Rows are added, never edited: the latest one counts.
create schema portfolio;

-- Which tags there are: somebody made them before an account can carry them.
create table portfolio.tags (
    dimension varchar not null,
    tag varchar not null,
    made_on date not null,
    made_by varchar not null,
    made_at timestamp not null,
    primary key (dimension, tag)
);

-- A tag put on an account, or taken off it again.
create table portfolio.tag_events (
    event_id bigint primary key,
    account_id varchar not null,
    dimension varchar not null,
    tag varchar not null,
    is_withdrawn boolean not null,
    tagged_on date not null,
    tagged_by varchar not null,
    tagged_at timestamp not null
);

-- How soon an account is expected to close, and how it is classified. Null: nobody said.
create table portfolio.grades (
    grade_id bigint primary key,
    account_id varchar not null,
    grade varchar not null check (grade in ('A', 'B', 'C', 'D', 'E')),
    deal_state varchar,
    importance varchar,
    urgency varchar,
    need varchar,
    reason varchar not null,
    graded_on date not null,
    graded_by varchar not null,
    graded_at timestamp not null
);

-- Whose account it is from a day on, where people decided otherwise than the account master of that time.
create table portfolio.owner_changes (
    change_id bigint primary key,
    account_id varchar not null,
    owner varchar not null,
    master_owner varchar,
    reason varchar not null,
    changed_on date not null,
    changed_by varchar not null,
    changed_at timestamp not null
);

-- A condition set under a name. conditions: JSON of catalogue keys, comparisons and values.
create table portfolio.saved_segments (
    segment_id bigint primary key,
    name varchar not null,
    conditions varchar not null,
    is_withdrawn boolean not null,
    saved_on date not null,
    saved_by varchar not null,
    saved_at timestamp not null
);

-- Fields of accounts that people define.
create table portfolio.fields (
    field varchar primary key,
    kind varchar not null check (kind in ('text', 'number', 'date', 'choice', 'yes_no')),
    choices varchar[] not null,
    made_on date not null,
    made_by varchar not null,
    made_at timestamp not null
);

-- What such a field says of an account. value: as ISO text; null where it was emptied.
create table portfolio.field_entries (
    entry_id bigint primary key,
    account_id varchar not null,
    field varchar not null,
    value varchar,
    source varchar not null,
    entered_on date not null,
    entered_by varchar not null,
    entered_at timestamp not null
);
