create or replace temp table problems (
    place bigint not null,
    ordinal integer not null,
    column_name varchar,
    original_text varchar,
    reason varchar not null
);
create or replace temp table row_texts (place bigint not null, row_text varchar not null, numbered_as integer);
