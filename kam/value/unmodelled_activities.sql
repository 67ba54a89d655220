-- value.unmodelled_activities(as_of DATE)
-- One row: an activity code that the facts of the window name and the cost model in force does not: counted, not charged.
-- Window: (as_of − 12 months, as_of]. Without a model in force: every code.
-- Columns:
--   activity_code  the code in the facts
--   event_count  rows, count
--   quantity  driver volume
--   account_count  accounts concerned, count
create or replace macro value.unmodelled_activities(as_of DATE) as table
select
    recorded.activity_code,
    count(*) as event_count,
    cast(sum(recorded.quantity) as decimal(18, 4)) as quantity,
    count(distinct recorded.account_id) as account_count
from ledgers.activities as recorded
left join (
    select activity.activity_code
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
    where activity.driver = 'activities'
    union
    -- What a term of a time equation counts is charged through it.
    select substr(term.volume, length('activity:') + 1)
    from value.cost_terms as term
    join value.cost_model_in_force(as_of) as model on model.model_id = term.model_id
    where term.volume like 'activity:%'
) as modelled on modelled.activity_code = recorded.activity_code
where recorded.occurred_on > cast(as_of - interval 12 month as date)
    and recorded.occurred_on <= as_of
    and modelled.activity_code is null
group by recorded.activity_code;
