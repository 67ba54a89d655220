-- benchmarking.measure_counts(as_of DATE)
-- One row in all: numerators and denominators of the programme's measures that programme_counts does not hold.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   decision_count_12m         admissions and releases decided
--   evidenced_decision_count   of them with the criteria set and the verdict that were seen
--   due_action_count           actions of plans of today's key accounts due in the window, not dropped
--   done_action_count          of them done on as_of
--   handover_count             handovers closed in the window
--   handover_days              days they took, added up
--   due_training_count         trainings of managers due in the window, not dropped
--   done_training_count        of them done on as_of
--   observation_count          observations in the window of commitments to today's key accounts
--   kept_observation_count     of them kept
--   complaint_count            complaints of today's key accounts closed in the window
--   complaint_days             days from receipt to closing, added up
create or replace macro benchmarking.measure_counts(as_of DATE) as table
with decided as (
    select
        count(*) as decision_count_12m,
        count(*) filter (where criteria_set_id is not null and verdicts_seen is not null) as evidenced_decision_count
    from programme.roster_decisions
    where decided_on <= as_of and decided_on > as_of - interval 12 month
),
acted as (
    select
        count(*) as due_action_count,
        count(*) filter (where action_state = 'done') as done_action_count
    from plans.action_list(as_of) as actions
    where due_on <= as_of and due_on > as_of - interval 12 month and action_state not in ('dropped', 'carried')
        and account_id in (select account_id from programme.roster(as_of))
),
handed as (
    select count(*) as handover_count, coalesce(sum(days_taken), 0)::bigint as handover_days
    from managers.handover_list(as_of)
    where handover_state = 'closed' and closed_on > as_of - interval 12 month
),
trained as (
    select
        count(*) as due_training_count,
        count(*) filter (where training_state in ('done', 'rerate')) as done_training_count
    from managers.training_list(as_of)
    where due_on <= as_of and due_on > as_of - interval 12 month and training_state <> 'dropped'
),
promised as (
    select
        coalesce(sum(kept_count_12m + broken_count_12m), 0)::bigint as observation_count,
        coalesce(sum(kept_count_12m), 0)::bigint as kept_observation_count
    from plans.commitment_list(as_of)
    where is_key_account
),
complained as (
    select
        count(*) as complaint_count,
        coalesce(sum(date_diff('day', received_on, closed_on)), 0)::bigint as complaint_days
    from plans.complaint_list(as_of)
    where is_key_account and closed_on > as_of - interval 12 month
)
select
    decided.decision_count_12m,
    decided.evidenced_decision_count,
    acted.due_action_count,
    acted.done_action_count,
    handed.handover_count,
    handed.handover_days,
    trained.due_training_count,
    trained.done_training_count,
    promised.observation_count,
    promised.kept_observation_count,
    complained.complaint_count,
    complained.complaint_days
from decided
cross join acted
cross join handed
cross join trained
cross join promised
cross join complained;
