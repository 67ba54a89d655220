with priced as (
    select currency, order_date as priced_on from ledgers.order_lines
    union all
    select currency, paid_on from ledgers.payments
)
select line.currency, min(line.priced_on), count(*)
from priced as line
where line.currency <> $reporting
    and not exists (
        select 1 from ledgers.exchange_rates as rates
        where rates.currency = line.currency and rates.valid_from <= line.priced_on
    )
group by line.currency
order by line.currency
limit 1;
