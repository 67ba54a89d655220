insert into temp.problems
select staged.place, 600, $column, staged.currency, 'missing_rate'
from temp.staged as staged
anti join temp.day_rates as rates
    on rates.currency = staged.currency and rates.order_date = staged.order_date
where staged.currency not in ($reporting, '???') and staged.order_date is not null
    and staged.fault is null and not staged.left_out and staged.place >> 40 = $file_number;
