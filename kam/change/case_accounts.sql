-- change.case_accounts(as_of DATE)
-- One row: a key account on as_of with the time that its treatment takes.
-- Columns:
--   account_id             the key account
--   name                   its name; its id where the account master no longer has it
--   category               strategic, star, status or streamline; null where it has none
--   manager_hours          hours of account managers that it takes a year by its category; null where none is set
--   has_manager            true where its manager is on record
--   sponsor_hours          hours a year that its category asks of our executive sponsor; 0 without a sponsor; null where a
--       part is unknown
create or replace macro change.case_accounts(as_of DATE) as table
select
    holdings.account_id,
    holdings.name,
    holdings.category,
    holdings.hours as manager_hours,
    holdings.manager_id is not null as has_manager,
    case when sponsored.is_covered then asked.hours else 0 end as sponsor_hours
from managers.holdings(as_of) as holdings
left join sponsorship.roster_sponsors(as_of) as sponsored on sponsored.account_id = holdings.account_id
left join sponsorship.account_hours(as_of) as asked on asked.account_id = holdings.account_id;
