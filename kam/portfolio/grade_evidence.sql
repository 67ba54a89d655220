-- portfolio.grade_evidence(as_of DATE)
-- One row: an account that has a grade on as_of, or an open opportunity.
-- Columns:
--   account_id      the account
--   name            its name; its id where the account master no longer has it
--   owner           whose account it is
--   is_key_account  true where it is in the programme on as_of
--   grade           its grade; null without one
--   since           since when; null without one
--   need            recognised, latent or none; null where nobody said
--   open_count      open opportunities, count
--   next_close_on   the earliest day on or after as_of on which an open opportunity is expected to close; null without one
--   past_count      open opportunities whose expected day has passed, or is not known, count
create or replace macro portfolio.grade_evidence(as_of DATE) as table
with opportunities as (
    select
        account_id,
        count(*) as open_count,
        min(expected_close_on) filter (where expected_close_on >= as_of) as next_close_on,
        count(*) filter (where expected_close_on < as_of or expected_close_on is null) as past_count
    from plans.opportunity_list(as_of)
    where is_open
    group by account_id
)
select
    coalesce(held.account_id, opportunities.account_id) as account_id,
    coalesce(owners.name, held.account_id, opportunities.account_id) as name,
    owners.owner,
    coalesce(owners.is_key_account, false) as is_key_account,
    held.grade,
    held.since,
    held.need,
    coalesce(opportunities.open_count, 0) as open_count,
    opportunities.next_close_on,
    coalesce(opportunities.past_count, 0) as past_count
from portfolio.grades_held(as_of) as held
full join opportunities on opportunities.account_id = held.account_id
left join portfolio.owners(as_of) as owners
    on owners.account_id = coalesce(held.account_id, opportunities.account_id);
