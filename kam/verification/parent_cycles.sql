-- verification.parent_cycles
-- One row: an account that is its own ancestor. Empty in a sound database.
-- Columns:
--   account_id    the account
create or replace view verification.parent_cycles as
with recursive ancestors as (
    select account_id, parent_account_id as ancestor_id
    from ledgers.accounts
    where parent_account_id is not null
    union
    select ancestors.account_id, accounts.parent_account_id
    from ancestors
    join ledgers.accounts on accounts.account_id = ancestors.ancestor_id
    where accounts.parent_account_id is not null
)
select distinct account_id
from ancestors
where account_id = ancestor_id;
