-- Mappings kept under a name, and the watched folder's rules and what came of its files.
create table ledgers.saved_mappings (
    name varchar primary key,
    table_name varchar not null,
    document varchar not null,           -- the mapping as TOML
    creates_accounts boolean not null default false,
    saved_by varchar not null,
    saved_at timestamp not null
);

create table ledgers.inbox_rules (
    rule_id bigint primary key,
    pattern varchar not null,            -- a file name with * and ?
    mapping_name varchar not null,
    added_by varchar not null,
    added_at timestamp not null,
    retired_by varchar,
    retired_at timestamp
);

create table ledgers.inbox_files (
    file_id bigint primary key,
    file_name varchar not null,
    file_hash varchar not null,
    rule_id bigint,
    import_id bigint,
    outcome varchar not null check (outcome in ('imported', 'refused', 'unmatched')),
    report varchar not null,             -- JSON: as `python -m kam import --json` gives it
    taken_at timestamp not null
);
