-- portfolio.custom_listed(as_of DATE)
-- One row: a value of a field on as_of, with the account's name.
-- Columns:
--   name  its name; its id where the account master no longer has it
--   owner  whose account it is
--   is_key_account  true where it is in the programme on as_of
--   account_id    the account
--   field         the field
--   kind          text, number, date, choice or yes_no
--   value         as ISO text
--   number_value  of a number
--   date_value    of a date
--   source        by hand, or the file it came from
--   entered_on    since when
--   entered_by    who entered it
create or replace macro portfolio.custom_listed(as_of DATE) as table
select
    coalesce(owners.name, held.account_id) as name,
    owners.owner,
    coalesce(owners.is_key_account, false) as is_key_account,
    held.*
from portfolio.custom_values(as_of) as held
left join portfolio.owners(as_of) as owners on owners.account_id = held.account_id;
