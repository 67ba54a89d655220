insert into temp.problems
-- Found by themselves first (nearly always none): joined in one piece, every row would pass through two joins.
with unknown as materialized (
    select distinct staged.account_id
    from temp.staged as staged
    anti join ledgers.accounts as held on held.account_id = staged.account_id
    where not staged.left_out and staged.fault is null and staged.account_id is not null
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
