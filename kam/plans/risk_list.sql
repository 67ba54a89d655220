-- plans.risk_list(as_of DATE)
-- One row: a risk of a plan, recorded up to as_of.
-- Columns:
--   risk_id     the risk
--   plan_id     its plan
--   account_id  the plan's account
--   name        the account's name; its id where the account master no longer has it
--   risk        in words
--   likelihood  1 (hardly) to 5 (almost surely), count
--   severity    1 (slight) to 5 (we lose the account), count
--   weight      likelihood × severity, 1 to 25
--   is_high     true from plans.high_risk_from on; null where no threshold is set
--   mitigation  what is done about it
--   owner       who watches it
--   is_shown    true where it stands in the customer's copy
--   is_open     true while it is not closed on as_of
--   risk_state  open, in_hand, closed on as_of
--   outcome     what came of it; empty while open
--   version     of the record, for changing it
create or replace macro plans.risk_list(as_of DATE) as table
with cut as (
    select max(value) filter (where parameter_id = 'plans.high_risk_from') as high_from
    from parameters.effective(as_of)
)
select
    risks.risk_id,
    risks.plan_id,
    plans.account_id,
    coalesce(accounts.name, plans.account_id) as name,
    risks.risk,
    risks.likelihood,
    risks.severity,
    risks.likelihood * risks.severity as weight,
    risks.likelihood * risks.severity >= cut.high_from as is_high,
    risks.mitigation,
    risks.owner,
    risks.is_shown,
    risks.state <> 'closed' or risks.closed_on > as_of as is_open,
    case when risks.closed_on > as_of then 'open' else risks.state end as risk_state,
    case when risks.closed_on <= as_of then risks.outcome else '' end as outcome,
    risks.version
from plans.risks
cross join cut
join plans.plans on plans.plan_id = risks.plan_id
left join ledgers.accounts on accounts.account_id = plans.account_id
where risks.recorded_on <= as_of;
