-- ledgers.merged_accounts
-- One row: an account that stands merged into another, with the account it leads to at last.
-- Columns:
--   account_id       the account that was merged away
--   into_account_id  where its facts stand now, through every later merge
-- Left out: merges that were taken back.
create or replace view ledgers.merged_accounts as
with recursive standing as (
    select account_id, into_account_id from ledgers.account_merges where undone_at is null
),
led as (
    select account_id, into_account_id, 1 as steps from standing
    union all
    select led.account_id, standing.into_account_id, led.steps + 1
    from led
    join standing on standing.account_id = led.into_account_id
    where led.steps < 64
)
select account_id, arg_max(into_account_id, steps) as into_account_id
from led
group by account_id;
