-- selection.verdict_changes(as_of DATE, level_now VARCHAR, at_least_now DOUBLE[], at_most_now DOUBLE[],
--     level_then VARCHAR, at_least_then DOUBLE[], at_most_then DOUBLE[])
-- One row: an account whose verdict would change on as_of if the gates in force (…_now) gave way to other gates
-- (…_then). Bounds by measure as in selection.verdicts; null lists where no criteria are in force.
-- Columns:
--   account_id      the account, or the root of the group
--   name            its name
--   is_key_account  true where it is in the programme on as_of
--   verdict_now     pass, fail or unknown; null where nothing judges it
--   verdict_then    pass, fail or unknown; null where nothing would judge it
--   change          enters: would pass; leaves: would fail, and passes now or is a key account; else flips
-- Left out: accounts with the same verdict under both.
create or replace macro selection.verdict_changes(
    as_of DATE,
    level_now VARCHAR,
    at_least_now DOUBLE[],
    at_most_now DOUBLE[],
    level_then VARCHAR,
    at_least_then DOUBLE[],
    at_most_then DOUBLE[]
) as table
with judged_now as (
    select account_id, name, is_key_account, verdict
    from selection.verdicts(as_of, level_now, at_least_now, at_most_now, null, null, null, null, null, 5, 5, 0)
    where at_least_now is not null
),
judged_then as (
    select account_id, name, is_key_account, verdict
    from selection.verdicts(as_of, level_then, at_least_then, at_most_then, null, null, null, null, null, 5, 5, 0)
),
both_verdicts as (
    select
        coalesce(judged_then.account_id, judged_now.account_id) as account_id,
        coalesce(judged_then.name, judged_now.name) as name,
        coalesce(judged_then.is_key_account, judged_now.is_key_account) as is_key_account,
        judged_now.verdict as verdict_now,
        judged_then.verdict as verdict_then
    from judged_now
    full join judged_then on judged_then.account_id = judged_now.account_id
)
select
    account_id,
    name,
    is_key_account,
    verdict_now,
    verdict_then,
    case
        when verdict_then = 'pass' then 'enters'
        when verdict_then = 'fail' and (verdict_now = 'pass' or is_key_account) then 'leaves'
        else 'flips'
    end as change
from both_verdicts
where verdict_now is distinct from verdict_then;
