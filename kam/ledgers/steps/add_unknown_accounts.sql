insert into temp.problems
with named as (
    select distinct account_id from temp.staged where not left_out and fault is null and account_id is not null
),
-- Found by themselves first (nearly always none): joined in one piece, every row would pass through two joins.
unknown as materialized (
    select account_id from named
    where not exists (select 1 from ledgers.accounts as held where held.account_id = named.account_id)
),
meant as materialized (
    select staged.place, staged.account_id
    from temp.staged as staged
    join unknown using (account_id)
    where not staged.left_out and staged.fault is null and staged.place >> 40 = $file_number
)
select meant.place, 500, $column, meant.account_id, 'unknown_account'
from meant
anti join (
    select place from temp.problems where reason in ('header_row', 'total_row') or column_name = $column
) as known on known.place = meant.place;
