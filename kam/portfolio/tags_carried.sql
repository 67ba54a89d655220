-- portfolio.tags_carried(as_of DATE)
-- One row: a tag that an account carries on as_of, with the account's name.
-- Columns:
--   name  its name; its id where the account master no longer has it
--   owner  whose account it is
--   is_key_account  true where it is in the programme on as_of
--   account_id  the account
--   dimension   the tag's dimension
--   tag         the tag
--   label       dimension: tag
--   tagged_on   since when
--   tagged_by   who put it there
create or replace macro portfolio.tags_carried(as_of DATE) as table
select
    coalesce(owners.name, held.account_id) as name,
    owners.owner,
    coalesce(owners.is_key_account, false) as is_key_account,
    held.*
from portfolio.tags_held(as_of) as held
left join portfolio.owners(as_of) as owners on owners.account_id = held.account_id;
