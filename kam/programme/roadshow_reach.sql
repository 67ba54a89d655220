-- programme.roadshow_reach(as_of DATE)
-- One row: a function of ours to which the programme was explained up to as_of.
-- Columns:
--   function      the function, as first written; differences of case do not count
--   event_count   how often
--   people_count  people reached in all, count; null where nobody ever counted; those of several events add up
--   last_on       the latest time
create or replace macro programme.roadshow_reach(as_of DATE) as table
select
    arg_min(function, event_id) as function,
    count(*) as event_count,
    sum(people_count)::bigint as people_count,
    max(held_on) as last_on
from programme.roadshow_events
where held_on <= as_of
group by lower(trim(function));
