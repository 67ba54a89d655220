-- managers.holdings(as_of DATE)
-- One row: a key account on as_of with its account manager.
-- Columns:
--   account_id       the key account
--   name             its name; its id where the account master no longer has it
--   category         strategic, star, status or streamline; null where it has none
--   region           as in the master
--   country          as in the master
--   industry         as in the master
--   admitted_on      since when it is in the programme
--   owner            whom the account master names, as written there
--   manager_id       its manager: the one appointed last, until the master names a third; else whom the master
--       names; null where that is nobody on record
--   manager_name     the manager's name; the owner as written where that is nobody on record; null without
--   appointed_on     since when, where an appointment is on record and holds; null otherwise
--   hours            hours of account managers that it takes a year (selection.manager_hours_…; unknown category:
--       those of a strategic account)
-- Identity: the rows are those of programme.roster(as_of).
create or replace macro managers.holdings(as_of DATE) as table
with appointed as (
    select account_id, manager_id, appointed_on, master_owner
    from managers.appointments
    where appointed_on <= as_of
    qualify row_number() over (partition by account_id order by appointed_on desc, appointment_id desc) = 1
),
hours as (
    select replace(parameter_id, 'selection.manager_hours_', '') as category, value as hours
    from parameters.effective(as_of)
    where starts_with(parameter_id, 'selection.manager_hours_')
),
held as (
    select
        roster.*,
        accounts.region,
        accounts.country,
        accounts.industry,
        named.manager_id as master_manager_id,
        appointed.manager_id as appointed_manager_id,
        appointed.appointed_on,
        coalesce(
            appointed.manager_id is not null
            and (roster.owner is not distinct from appointed.master_owner or named.manager_id = appointed.manager_id),
            false
        ) as is_appointed
    from programme.roster(as_of) as roster
    left join ledgers.accounts on accounts.account_id = roster.account_id
    left join managers.named on named.called = lower(trim(roster.owner))
    left join appointed on appointed.account_id = roster.account_id
)
select
    held.account_id,
    held.name,
    held.category,
    held.region,
    held.country,
    held.industry,
    held.admitted_on,
    held.owner,
    case when held.is_appointed then held.appointed_manager_id else held.master_manager_id end as manager_id,
    coalesce(account_managers.name, case when held.is_appointed then held.appointed_manager_id else held.owner end)
        as manager_name,
    case when held.is_appointed then held.appointed_on end as appointed_on,
    hours.hours
from held
left join hours on hours.category = coalesce(held.category, 'strategic')
left join ledgers.account_managers
    on account_managers.manager_id
        = case when held.is_appointed then held.appointed_manager_id else held.master_manager_id end;
