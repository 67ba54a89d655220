-- managers.named
-- One row: a way of naming an account manager on record that means exactly one of them.
-- Columns:
--   called      id, name or address in lower case, trimmed
--   manager_id  whom it means
-- Left out: names that two managers share, unless one of them has it as id.
create or replace view managers.named as
with called as (
    select lower(trim(manager_id)) as called, manager_id, 1 as preference from ledgers.account_managers
    union all
    select lower(trim(name)), manager_id, 2 from ledgers.account_managers
    union all
    select lower(trim(email)), manager_id, 3 from ledgers.account_managers where email is not null
),
preferred as (
    select called, manager_id from called
    qualify rank() over (partition by called order by preference) = 1
)
select called, min(manager_id) as manager_id
from preferred
group by called
having count(distinct manager_id) = 1;
