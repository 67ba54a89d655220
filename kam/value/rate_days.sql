-- value.rate_days(as_of DATE)
-- One row: a day of the window, with the stretch of days it belongs to, inside which no rate of the cost model changes.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   on_day  the day
--   stretch_from  the stretch's first day: the window's, or one on which a pool's period begins or has just ended
create or replace macro value.rate_days(as_of DATE) as table
with cuts as (
    select cast(cast(as_of - interval 12 month as date) + interval 1 day as date) as cut_on
    union
    select period_from from value.pool_rates(as_of)
    union
    select cast(period_to + interval 1 day as date) from value.pool_rates(as_of)
),
days as (
    select cast(unnest(generate_series(
        cast(cast(as_of - interval 12 month as date) + interval 1 day as timestamp),
        cast(as_of as timestamp),
        interval 1 day
    )) as date) as on_day
)
select days.on_day, max(cuts.cut_on) as stretch_from
from days
join cuts on cuts.cut_on <= days.on_day
group by days.on_day
having max(cuts.cut_on) is not null;
