-- Accounts that are one and the same, merged by a person. What was named after the merged account keeps that name
-- in named_account_id, so that a merge can be taken back whatever came in since.
create table ledgers.account_merges (
    merge_id bigint primary key,
    account_id varchar not null,         -- the account that was merged away
    into_account_id varchar not null,    -- the account that stayed
    import_id bigint,                    -- the import its master row came from
    row_image varchar not null,          -- JSON: its master row, to come back with
    child_ids varchar not null,          -- JSON list: accounts whose parent it was
    reason varchar not null,
    merged_by varchar not null,
    merged_at timestamp not null,
    undone_by varchar,
    undone_at timestamp,
    undo_reason varchar
);

alter table ledgers.order_lines add column named_account_id varchar;
alter table ledgers.activities add column named_account_id varchar;
alter table ledgers.contacts add column named_account_id varchar;
alter table ledgers.opportunities add column named_account_id varchar;
alter table ledgers.contracts add column named_account_id varchar;
alter table ledgers.interactions add column named_account_id varchar;
alter table ledgers.survey_responses add column named_account_id varchar;
