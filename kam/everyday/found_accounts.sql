-- everyday.found_accounts(sought VARCHAR)
-- One row: an account whose name or id holds what is sought, whatever the case and the accents.
-- Columns:
--   account_id  the account
--   name        its name
--   owner       its account manager, as in the master; null where none is named
--   nearness    0 the name or id is what is sought, 1 the name or id begins with it, 2 it stands within
create or replace macro everyday.found_accounts(sought VARCHAR) as table
with known as (
    select account_id, name, owner, lower(strip_accents(name)) as plain_name, lower(account_id) as plain_id
    from ledgers.accounts
)
select
    account_id,
    name,
    owner,
    case
        when lower(strip_accents(sought)) in (plain_name, plain_id) then 0
        when starts_with(plain_name, lower(strip_accents(sought))) or starts_with(plain_id, lower(sought)) then 1
        else 2
    end as nearness
from known
where contains(plain_name, lower(strip_accents(sought))) or contains(plain_id, lower(sought));
