-- The rate of a currency on a day: that with the latest valid_from on or before it.
create or replace temp table day_rates as
with days as (
    select distinct currency, priced_on
    from temp.priced
    where currency <> $reporting and priced_on is not null and fault is null and not left_out
)
select days.currency, days.priced_on, cast(rates.rate as decimal(20, 12)) as rate
from days
asof join ledgers.exchange_rates as rates
    on rates.currency = days.currency and rates.valid_from <= days.priced_on;
