-- value.uncovered_activities(as_of DATE)
-- One row: an activity of the cost model in force that accounts caused on days that no period of its pool holds.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   activity_code  the activity
--   pool_id  its pool
--   minutes  minutes without a rate
--   account_count  accounts whose cost to serve is unknown for it, count
--   first_on  first day of the first stretch without a rate
create or replace macro value.uncovered_activities(as_of DATE) as table
select
    activity_code,
    pool_id,
    cast(sum(minutes) as decimal(18, 4)) as minutes,
    count(distinct account_id) as account_count,
    min(stretch_from) as first_on
from value.activity_costs(as_of)
where rate_amount is null
group by activity_code, pool_id;
