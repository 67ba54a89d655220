-- programme.unmatched_members
-- One row: an account whose membership as kept for the uniqueness check is not what the decisions say.
-- Empty in a sound database.
-- Columns:
--   account_id           the account
--   is_kept              true where programme.members has it
--   is_decided           true where the decisions leave it in
create or replace view programme.unmatched_members as
with decided as (
    select account_id, decision_id from programme.memberships where released_on is null
)
select
    coalesce(members.account_id, decided.account_id) as account_id,
    members.account_id is not null as is_kept,
    decided.account_id is not null as is_decided
from programme.members
full join decided on decided.account_id = members.account_id
where members.decision_id is distinct from decided.decision_id;
