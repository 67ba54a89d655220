-- everyday.success_moments(as_of DATE)
-- One row: something that went well for an account and that both sides can see, up to as_of.
-- Columns:
--   account_id   the account
--   happened_on  the day
--   what         commitment, objective, promise, complaint
--   evidence     in words of the record
-- A commitment or promise that was kept, an objective closed as reached, a complaint closed within its time.
create or replace macro everyday.success_moments(as_of DATE) as table
select commitments.account_id, seen.observed_on as happened_on, 'commitment' as what, commitments.commitment as evidence
from plans.commitment_checks as seen
join plans.commitments on commitments.commitment_id = seen.commitment_id
where seen.is_kept and seen.observed_on <= as_of
union all
select plans.account_id, objectives.closed_on, 'objective', objectives.objective
from plans.objectives
join plans.plans on plans.plan_id = objectives.plan_id
where objectives.state = 'reached' and objectives.closed_on <= as_of
union all
select account_id, settled_on, 'promise', next_step
from relationships.dealings(as_of)
where promise_state = 'kept' and settled_on <= as_of
union all
select account_id, closed_on, 'complaint', complaint
from plans.complaint_list(as_of)
where closed_on is not null and is_solved_in_time;
