-- Rows without a key: those of a file that was taken in before are there already, but for its rejected lines.
insert into temp.matched
with earlier as (
    select max(import_id) as import_id
    from ledgers.imports
    where table_name = $table and undone_at is null and list_contains(string_split(file_hash, ' '), $file_hash)
)
select ready.place, true as is_same
from temp.ready as ready
cross join earlier
where earlier.import_id is not null and ready.place >> 40 = $file_number
    and not exists (
        select 1 from ledgers.import_rejects as rejected
        where rejected.import_id = earlier.import_id and rejected.line_no = ready.place & 1099511627775
    );
