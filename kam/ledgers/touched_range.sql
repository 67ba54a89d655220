-- ledgers.touched_range
-- One row: the days that the touched account-months lie between.
-- Columns:
--   first_day  first day of the earliest touched month; null where nothing was touched
--   after_day  the day after the latest touched month; null where nothing was touched
create or replace view ledgers.touched_range as
select
    min(month) as first_day,
    cast(max(month) + interval 1 month as date) as after_day
from ledgers.touched_months;
