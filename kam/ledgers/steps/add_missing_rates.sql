insert into temp.problems
select priced.place, 600, $column, priced.currency, 'missing_rate'
from temp.priced as priced
anti join temp.day_rates as rates
    on rates.currency = priced.currency and rates.priced_on = priced.priced_on
where priced.currency not in ($reporting, '???') and priced.priced_on is not null
    and priced.fault is null and not priced.left_out and priced.place >> 40 = $file_number;
