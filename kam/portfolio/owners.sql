-- portfolio.owners(as_of DATE)
-- One row: an account of the master with whose account it is on as_of.
-- Columns:
--   account_id      the account
--   name            its name
--   is_key_account  true where it is in the programme on as_of
--   owner           a key account's appointed manager; else whom people named last, until the account master names a
--       third; else whom the master names; null where nobody is
--   master_owner    whom the master names
--   basis           appointed, changed or master
--   changed_on      since when, where it is not the master's word
create or replace macro portfolio.owners(as_of DATE) as table
with changed as (
    select account_id, owner, master_owner, changed_on
    from portfolio.owner_changes
    where changed_on <= as_of
    qualify row_number() over (partition by account_id order by changed_on desc, change_id desc) = 1
),
known as (
    select
        accounts.account_id,
        accounts.name,
        holdings.account_id is not null as is_key_account,
        accounts.owner as master_owner,
        case when holdings.appointed_on is not null then holdings.manager_name end as appointed,
        holdings.appointed_on,
        case when accounts.owner is not distinct from changed.master_owner or accounts.owner = changed.owner
            then changed.owner end as changed_owner,
        changed.changed_on
    from ledgers.accounts as accounts
    left join managers.holdings(as_of) as holdings on holdings.account_id = accounts.account_id
    left join changed on changed.account_id = accounts.account_id
)
select
    account_id,
    name,
    is_key_account,
    coalesce(appointed, changed_owner, master_owner) as owner,
    master_owner,
    case when appointed is not null then 'appointed' when changed_owner is not null then 'changed' else 'master' end as basis,
    case when appointed is not null then appointed_on when changed_owner is not null then changed_on end as changed_on
from known;
