-- value.rates(as_of DATE)
-- One row: the rates that lifetime value rests on, on as_of.
-- Columns:
--   annual_retention_rate  share of accounts still active a year later
--   annual_discount_rate  cost of capital, share per year
--   margin_multiple  r / (1 + i − r), years of contribution that a lifetime is worth, to 10 decimals; null where a rate
--       is unknown or out of range (0 ≤ r < 1, i > 0)
create or replace macro value.rates(as_of DATE) as table
with adopted as (
    select
        max(case when parameter_id = 'value.annual_retention_rate' then value end) as annual_retention_rate,
        max(case when parameter_id = 'value.annual_discount_rate' then value end) as annual_discount_rate
    from parameters.effective(as_of)
)
select
    annual_retention_rate,
    annual_discount_rate,
    cast(case
        when annual_retention_rate >= 0 and annual_retention_rate < 1 and annual_discount_rate > 0
            then annual_retention_rate / (1 + annual_discount_rate - annual_retention_rate)
    end as decimal(18, 10)) as margin_multiple
from adopted;
