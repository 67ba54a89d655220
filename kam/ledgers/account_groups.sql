-- ledgers.account_groups
-- One row: an account, with the account at the top of its parent chain.
-- Columns:
--   account_id  the account
--   group_id  the topmost account above it; itself where it has no parent. Where parents run in a circle (no import
--       lets them): the smallest id of the circle
--   depth  accounts on the way up: 0 for the top itself, count
-- Left out: parents that are not in the ledger (an account below such a parent is its own top); chains of more than 64.
create or replace view ledgers.account_groups as
with recursive chain as (
    select account_id, account_id as ancestor_id, 0 as steps
    from ledgers.accounts
    union all
    select chain.account_id, above.account_id, chain.steps + 1
    from chain
    join ledgers.accounts as below on below.account_id = chain.ancestor_id
    join ledgers.accounts as above on above.account_id = below.parent_account_id
    where above.account_id <> chain.account_id and chain.steps < 64
),
ends as (
    select
        chain.account_id,
        chain.ancestor_id,
        chain.steps,
        above.account_id is null as is_top,
        coalesce(above.account_id = chain.account_id, false) as closes_circle
    from chain
    join ledgers.accounts as ancestor on ancestor.account_id = chain.ancestor_id
    left join ledgers.accounts as above on above.account_id = ancestor.parent_account_id
),
circled as (
    select distinct account_id from ends where closes_circle
),
tops as (
    select
        ends.account_id,
        coalesce(
            min(case when ends.is_top then ends.ancestor_id end),
            min(case when circled.account_id is not null then ends.ancestor_id end),
            ends.account_id
        ) as group_id
    from ends
    left join circled on circled.account_id = ends.ancestor_id
    group by ends.account_id
)
select tops.account_id, tops.group_id, cast(min(chain.steps) as integer) as depth
from tops
join chain on chain.account_id = tops.account_id and chain.ancestor_id = tops.group_id
group by tops.account_id, tops.group_id;
