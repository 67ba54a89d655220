-- managers.function_reach(as_of DATE)
-- One row: a function of ours whose people were trained to serve key accounts up to as_of.
-- Columns:
--   function       the function, as first written; differences of case do not count
--   event_count    trainings
--   trained_count  people trained, count; somebody trained twice counts twice
--   topics         what they were trained in, each topic once, in order
--   last_on        the latest training
create or replace macro managers.function_reach(as_of DATE) as table
select
    arg_min(function, function_training_id) as function,
    count(*) as event_count,
    sum(trained_count)::bigint as trained_count,
    list_sort(list_distinct(list(topic))) as topics,
    max(trained_on) as last_on
from managers.function_trainings
where trained_on <= as_of
group by lower(trim(function));
