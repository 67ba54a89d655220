-- programme.memberships
-- One row: a stay of an account in the programme, from the decision that admitted it to the one that
-- released it. Half-open: in on admitted_on, out again on released_on.
-- Columns:
--   account_id           the key account
--   decision_id          the decision that admitted it
--   admitted_on          date of that decision
--   category             strategic, star, status or streamline as decided; null where the scores did not say
--   reason               why it was admitted
--   decided_by           who admitted it
--   criteria_set_id      the criteria it was judged by
--   verdicts_seen        JSON: what was seen when deciding
--   release_decision_id  the decision that released it; null while it is in
--   released_on          date of that decision; null while it is in
-- Identity: the decisions of an account alternate, so each stay ends with the account's next decision.
create or replace view programme.memberships as
with decisions as (
    select
        *,
        lead(decision_id) over of_the_account as next_decision_id,
        lead(decided_on) over of_the_account as next_decided_on
    from programme.roster_decisions
    window of_the_account as (partition by account_id order by decided_on, decision_id)
)
select
    account_id,
    decision_id,
    decided_on as admitted_on,
    category,
    reason,
    decided_by,
    criteria_set_id,
    verdicts_seen,
    next_decision_id as release_decision_id,
    next_decided_on as released_on
from decisions
where decision = 'admitted';
