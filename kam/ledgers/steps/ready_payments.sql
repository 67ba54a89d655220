-- The payments that can be written, in the currency of the file: readings convert them (ledgers.payment_amounts), so
-- that a corrected exchange rate needs no second writing.
create or replace temp view ready as
select
    staged.* exclude (fault, fault_at, raw, left_out, suspect) replace (
        coalesce(staged.currency, (select currency from temp.reporting)) as currency
    )
from temp.staged as staged
anti join temp.problems as problems on problems.place = staged.place
where staged.fault is null and not staged.left_out;

create or replace temp view priced_ready as
select place, currency, amount
from temp.ready;
