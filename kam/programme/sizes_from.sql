-- programme.sizes_from(from_on DATE)
-- One row: from_on, and each later day on which an account enters. A decision dated before others has to
-- fit on all of them.
-- Columns:
--   size_on            the day
--   key_account_count  accounts in the programme on that day
create or replace macro programme.sizes_from(from_on DATE) as table
with days as (
    select from_on as size_on
    union
    select memberships.admitted_on from programme.memberships where memberships.admitted_on > from_on
)
select days.size_on, count(memberships.account_id) as key_account_count
from days
left join programme.memberships
    on memberships.admitted_on <= days.size_on
    and (memberships.released_on is null or memberships.released_on > days.size_on)
group by days.size_on;
