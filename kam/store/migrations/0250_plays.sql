-- Plays: what is done with which accounts, and when not; their runs with what was seen; what was done. Rows are added, never edited.
create schema plays;

-- A play as it was made, changed or retired: the version decided last counts.
create table plays.versions (
    version_id bigint primary key,
    play_id bigint not null,
    version integer not null,
    name varchar not null,
    kind varchar not null check (kind in ('offer', 'instruction', 'invitation', 'information', 'question', 'thanks')),
    message varchar not null,
    channel varchar not null check (channel in ('call', 'email', 'letter', 'message', 'portal', 'visit')),
    due_days integer not null,
    segment varchar,                               -- a saved segment; null: every account
    unless varchar[] not null,                     -- saved segments whose accounts are left out
    audience varchar not null check (audience in ('anyone', 'buyers', 'non_buyers')),
    category varchar,                              -- of product; null: of anything
    audience_months integer,
    contact_rest_days integer,                     -- null: no such rule
    act_rest_days integer,
    despite_trouble boolean not null,              -- goes to accounts with an open complaint or red line too
    playbook_id bigint,
    is_retired boolean not null,
    reason varchar not null,
    decided_on date not null,
    decided_by varchar not null,
    decided_at timestamp not null
);

-- A run as of a day, with the rules that were in force in words.
create table plays.runs (
    run_id bigint primary key,
    play_id bigint not null,
    version integer not null,
    as_of date not null,
    due_on date not null,
    target_told varchar not null,
    rules_told varchar[] not null,
    run_by varchar not null,
    run_at timestamp not null
);

-- Every account that a run was meant for, with its name and owner of then.
create table plays.run_accounts (
    run_id bigint not null,
    account_id varchar not null,
    name varchar not null,
    owner varchar,
    is_listed boolean not null,
    primary key (run_id, account_id)
);

-- Why accounts were left out of a run: as many rows as reasons. label: of a segment its name.
create table plays.run_reasons (
    run_id bigint not null,
    account_id varchar not null,
    reason varchar not null,
    label varchar,
    told varchar not null
);

-- What was done with an account of a list; said again, the later word counts.
create table plays.marks (
    mark_id bigint primary key,
    run_id bigint not null,
    account_id varchar not null,
    outcome varchar not null check (outcome in ('done', 'interested', 'won', 'no_interest', 'not_reached', 'not_done')),
    note varchar not null,
    done_on date not null,
    marked_by varchar not null,
    marked_at timestamp not null
);
