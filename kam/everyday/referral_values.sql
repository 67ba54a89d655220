-- everyday.referral_values(as_of DATE)
-- One row: an account that was asked for a referral or gave one up to as_of, with what its referrals brought.
-- Columns:
--   account_id      the account
--   name            its name; its id where the account master no longer has it
--   owner           its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   asked_count     times it was asked, count
--   declined_count  of these it declined, count
--   given_count     referrals it gave, count
--   won_count       of these won, count
--   lost_count      of these lost, count
--   unvalued_count  won ones whose value is unknown, count
--   referral_value  sum of the won ones' value_amount, reporting currency; null where none is known. Stands beside lifetime value, and is
--                   never added to it: the won customer's own lifetime value holds the same money
--   last_on         the latest day of asking or giving
create or replace macro everyday.referral_values(as_of DATE) as table
with asked as (
    select account_id, count(*) as asked_count, count(*) filter (where answer = 'declined') as declined_count, max(asked_on) as last_on
    from everyday.referral_asks
    where asked_on <= as_of
    group by account_id
),
given as (
    select
        account_id,
        count(*) as given_count,
        count(*) filter (where referral_state = 'won') as won_count,
        count(*) filter (where referral_state = 'lost') as lost_count,
        count(*) filter (where referral_state = 'won' and value_amount is null) as unvalued_count,
        cast(sum(value_amount) as decimal(18, 2)) as referral_value,
        max(given_on) as last_on
    from everyday.referral_list(as_of)
    group by account_id
)
select
    coalesce(asked.account_id, given.account_id) as account_id,
    coalesce(accounts.name, asked.account_id, given.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    coalesce(asked.asked_count, 0) as asked_count,
    coalesce(asked.declined_count, 0) as declined_count,
    coalesce(given.given_count, 0) as given_count,
    coalesce(given.won_count, 0) as won_count,
    coalesce(given.lost_count, 0) as lost_count,
    coalesce(given.unvalued_count, 0) as unvalued_count,
    given.referral_value,
    greatest(asked.last_on, given.last_on) as last_on
from asked
full join given on given.account_id = asked.account_id
left join ledgers.accounts on accounts.account_id = coalesce(asked.account_id, given.account_id)
left join programme.roster(as_of) as roster on roster.account_id = coalesce(asked.account_id, given.account_id);
