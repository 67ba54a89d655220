-- quality.open_rejects
-- One row: a standing import of which rows were rejected and nobody has said that this is settled.
-- Columns:
--   import_id       the import
--   table_name      the table that it filled
--   file_name       the files it came from
--   finished_at     when, UTC
--   rejected_count  rows rejected
--   reasons         why, the most frequent first, with how many faults each
create or replace view quality.open_rejects as
with counted as (
    select import_id, reason, count(*) as fault_count from ledgers.import_rejects group by import_id, reason
),
told as (
    select import_id, string_agg(reason || ' ' || fault_count, ', ' order by fault_count desc, reason) as reasons
    from counted
    group by import_id
)
select
    imports.import_id,
    imports.table_name,
    imports.file_name,
    imports.finished_at,
    imports.rejected_count,
    told.reasons
from ledgers.imports
anti join quality.settled_rejects as settled on settled.import_id = imports.import_id
left join told on told.import_id = imports.import_id
where imports.undone_at is null and imports.rejected_count > 0;
