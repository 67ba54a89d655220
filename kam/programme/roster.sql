-- programme.roster(as_of DATE)
-- One row: a key account on as_of, as the decisions up to that day say.
-- Columns:
--   account_id       the key account
--   name             its name; its id where the account master no longer has it
--   owner            its account manager, as in the master
--   category         strategic, star, status or streamline as decided; null where the scores did not say
--   admitted_on      since when it is in
--   decision_id      the decision that admitted it
--   reason           why it was admitted
--   decided_by       who admitted it
--   criteria_set_id  the criteria it was judged by
--   verdicts_seen    JSON: what was seen when deciding
-- Left out: accounts released on or before as_of, and decisions dated after it.
create or replace macro programme.roster(as_of DATE) as table
select
    memberships.account_id,
    coalesce(accounts.name, memberships.account_id) as name,
    accounts.owner,
    memberships.category,
    memberships.admitted_on,
    memberships.decision_id,
    memberships.reason,
    memberships.decided_by,
    memberships.criteria_set_id,
    memberships.verdicts_seen
from programme.memberships
left join ledgers.accounts on accounts.account_id = memberships.account_id
where memberships.admitted_on <= as_of
    and (memberships.released_on is null or memberships.released_on > as_of);
