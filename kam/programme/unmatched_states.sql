-- programme.unmatched_states
-- One row: an account whose moves are not what the roster's decisions say, or do not follow each other. Empty in a
-- sound database.
-- Columns:
--   account_id      the account
--   state           where its last move left it; null without a move
--   is_key_account  true where the decisions leave it in the programme
--   broken_move_id  the first move that does not begin where the one before it ended; null where all do
create or replace view programme.unmatched_states as
with chained as (
    select
        *,
        lag(state_after, 1, 'outside') over (partition by account_id order by move_id) as expected_before
    from programme.moves
),
moved as (
    select
        account_id,
        arg_max(state_after, move_id) as state,
        min(move_id) filter (where state_before <> expected_before) as broken_move_id
    from chained
    group by account_id
),
decided as (
    select distinct account_id from programme.memberships where released_on is null
)
select
    coalesce(moved.account_id, decided.account_id) as account_id,
    moved.state,
    decided.account_id is not null as is_key_account,
    moved.broken_move_id
from moved
full join decided on decided.account_id = moved.account_id
where (coalesce(moved.state, 'outside') in ('member', 'at_risk', 'exiting')) <> (decided.account_id is not null)
    or moved.broken_move_id is not null;
