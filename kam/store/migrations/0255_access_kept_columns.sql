-- Which columns a person keeps in a list beside those that everybody sees; the latest entry holds.
create table access.kept_columns (
    entry_id bigint primary key,
    person_id varchar not null,
    list_key varchar not null,
    columns varchar[] not null,
    kept_at timestamp not null
);
