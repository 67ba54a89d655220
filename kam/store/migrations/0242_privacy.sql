-- People who asked to be forgotten, and the notes that may still speak of them.
create schema privacy;

-- The number stays, so that a later file does not bring the person back; nothing else does.
create table privacy.erasures (
    erasure_id bigint primary key,
    contact_id varchar not null,
    reason varchar not null,
    erased_by varchar not null,
    erased_at timestamp not null
);

-- Texts that held the person's name, e-mail or phone when the data were erased: kept until a person decides on each.
-- The text itself is not copied: text_hash (SHA-256) finds it where it stands.
create table privacy.traces (
    trace_id bigint primary key,
    erasure_id bigint not null,
    relation_name varchar not null,      -- schema.table
    column_name varchar not null,
    text_hash varchar not null,
    row_count bigint not null,
    decision varchar check (decision in ('kept', 'erased')),
    decision_reason varchar,
    decided_by varchar,
    decided_at timestamp
);
