-- value.direct_cost_amounts(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') and a kind of direct cost that was traced to it.
-- Window: (as_of − 12 months, as_of].
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   kind  what it is (value.DIRECT_KINDS)
--   is_off_invoice  true for what is taken off the invoice price
--   cost_amount  in the window, reporting currency
-- Identity: over all rows, cost_amount adds up to window_amount of value.direct_costs_in_window.
create or replace macro value.direct_cost_amounts(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
)
select
    units.unit_id as account_id,
    direct.kind,
    direct.is_off_invoice,
    cast(sum(direct.window_amount) as decimal(18, 2)) as cost_amount
from value.direct_costs_in_window(as_of) as direct
join units on units.account_id = direct.account_id
group by units.unit_id, direct.kind, direct.is_off_invoice;
