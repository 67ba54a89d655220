select line.currency, min(line.order_date), count(*)
from ledgers.order_lines as line
where line.currency <> $reporting
    and not exists (
        select 1 from ledgers.exchange_rates as rates
        where rates.currency = line.currency and rates.valid_from <= line.order_date
    )
group by line.currency
order by line.currency
limit 1;
