-- value.relational_value(as_of DATE)
-- One row: an account and a kind of relational value as last rated up to as_of. It stands beside lifetime value and is
-- never added to it (METHOD 3.4).
-- Columns:
--   account_id  the account
--   kind  reference, referral, learning or innovation
--   rating  0 (none) to 4 (outstanding), ordinal
--   amount  money if it comes about, reporting currency; null where no causal line was stated
--   probability  chance that it comes about, share; null without money
--   expected_amount  amount × probability, to the cent; null without money
--   causal_line  how the account brings that money; null without money
--   evidence  what the rating rests on
--   rated_on  the day of the rating
--   assessor  who rated
create or replace macro value.relational_value(as_of DATE) as table
with latest as (
    select *, row_number() over (partition by account_id, kind order by rated_on desc, rating_id desc) as newest
    from value.relational_ratings
    where rated_on <= as_of
)
select
    account_id,
    kind,
    rating,
    amount,
    probability,
    cast(round(amount * probability, 2) as decimal(18, 2)) as expected_amount,
    causal_line,
    evidence,
    rated_on,
    assessor
from latest
where newest = 1;
