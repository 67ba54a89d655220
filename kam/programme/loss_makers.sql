-- programme.loss_makers(as_of DATE)
-- One row: an account whose contribution is known and below 0, with what is being done about it.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id  the account
--   name  its name
--   is_key_account  true where it is in the programme on as_of
--   owner  its account manager, as in the master
--   revenue_12m  net revenue, reporting currency
--   margin_12m  margin, reporting currency
--   cost_to_serve_12m  cost to serve, reporting currency
--   contribution_12m  margin less cost to serve, reporting currency, below 0
--   is_margin_estimated  true where a part of the margin rests on an assumed margin rate
--   open_action_count  open actions about it, count
--   expected_amount  effect that they are expected to have a year, reporting currency
create or replace macro programme.loss_makers(as_of DATE) as table
with decided as (
    select action.account_id, count(*) as open_action_count, sum(action.expected_amount) as expected_amount
    from value.actions as action
    left join value.action_closures as closure on closure.action_id = action.action_id and closure.closed_on <= as_of
    where action.decided_on <= as_of and closure.action_id is null
    group by action.account_id
)
select
    listed.account_id,
    listed.name,
    listed.is_key_account,
    listed.owner,
    listed.revenue_12m,
    listed.margin_12m,
    listed.cost_to_serve_12m,
    listed.contribution_12m,
    listed.is_margin_estimated,
    coalesce(decided.open_action_count, 0) as open_action_count,
    cast(coalesce(decided.expected_amount, 0) as decimal(18, 2)) as expected_amount
from programme.account_list(as_of) as listed
left join decided on decided.account_id = listed.account_id
where listed.contribution_12m < 0;
