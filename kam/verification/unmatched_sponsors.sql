-- verification.unmatched_sponsors
-- One row: an account whose active sponsor as kept for the uniqueness check is not what the decisions say.
-- Empty in a sound database.
-- Columns:
--   account_id              the account
--   kept_executive_id       sponsor in sponsorship.active_sponsors; null where there is none
--   decided_executive_id    sponsor by the account's last decision; null where it was relieved or never assigned
create or replace view verification.unmatched_sponsors as
with last_decisions as (
    select account_id, executive_id, decision
    from sponsorship.decisions
    qualify row_number() over (partition by account_id order by decided_on desc, decision_id desc) = 1
),
decided as (
    select account_id, executive_id from last_decisions where decision = 'assigned'
)
select
    coalesce(kept.account_id, decided.account_id) as account_id,
    kept.executive_id as kept_executive_id,
    decided.executive_id as decided_executive_id
from sponsorship.active_sponsors as kept
full join decided on decided.account_id = kept.account_id
where kept.executive_id is distinct from decided.executive_id;
