-- Rows that name their account instead of numbering it: the id of the one account whose name is the same but for
-- case, accents, blanks and punctuation. A name that two accounts share, or none has, stays as it is and is unknown.
update temp.staged as staged
set account_id = named.account_id
from (
    select name_key(name) as key, min(account_id) as account_id
    from ledgers.accounts
    group by 1
    having count(*) = 1
) as named
where name_key(staged.account_id) = named.key and named.key <> ''
    and not exists (select 1 from ledgers.accounts as held where held.account_id = staged.account_id);
