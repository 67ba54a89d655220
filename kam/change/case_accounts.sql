-- change.case_accounts(as_of DATE)
-- One row: a key account on as_of with what its treatment rests on and the time it takes.
-- Window: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   account_id             the key account
--   name                   its name; its id where the account master no longer has it
--   category               strategic, star, status or streamline; null where it has none
--   contribution_12m       contribution after cost to serve, reporting currency; null where unknown
--   cost_to_serve_12m      cost to serve within it, reporting currency; null where unknown
--   lifetime_value         contribution_12m × r / (1 + i − r), reporting currency; null where unknown
--   manager_hours          hours of account managers that it takes a year by its category; null where none is set
--   has_manager            true where its manager is on record
--   sponsor_hours          hours a year that its category asks of our executive sponsor; 0 without a sponsor; null where a
--       part is unknown
create or replace macro change.case_accounts(as_of DATE) as table
with worth as (
    select account_id, contribution_12m, cost_to_serve_12m, lifetime_value
    from programme.account_list(as_of, level := 'account')
    where is_key_account
)
select
    holdings.account_id,
    holdings.name,
    holdings.category,
    worth.contribution_12m,
    worth.cost_to_serve_12m,
    worth.lifetime_value,
    holdings.hours as manager_hours,
    holdings.manager_id is not null as has_manager,
    case when sponsored.is_covered then asked.hours else 0 end as sponsor_hours
from managers.holdings(as_of) as holdings
left join worth on worth.account_id = holdings.account_id
left join sponsorship.roster_sponsors(as_of) as sponsored on sponsored.account_id = holdings.account_id
left join sponsorship.account_hours(as_of) as asked on asked.account_id = holdings.account_id;
