-- The latest import of the same content, read the same way, whose outcome still stands: nothing was rejected, and
-- no import, undoing or merge since could have changed what it brought or how it would be converted.
select
    earlier.read_count,
    earlier.left_out_count,
    earlier.control_totals,
    earlier.line_kinds
from ledgers.imports as earlier
where earlier.table_name = $table and earlier.file_hash = $file_hash and earlier.reading = $reading
    and earlier.undone_at is null and earlier.rejected_count = 0
    and not exists (
        select 1 from ledgers.imports as other
        where (
                other.import_id > earlier.import_id
                and other.inserted_count + other.updated_count > 0
                and other.table_name in ($table, 'exchange_rates')
            )
            or other.undone_at >= earlier.started_at
    )
    and not exists (
        select 1 from ledgers.account_merges as merges
        where merges.merged_at >= earlier.started_at or merges.undone_at >= earlier.started_at
    )
order by earlier.import_id desc
limit 1;
