-- value.risk_judgements(as_of DATE)
-- One row: an account and a factor of its relationship-risk scorecard as last judged up to as_of.
-- Columns:
--   account_id  the account
--   factor  code of the factor (value.RISK_FACTORS)
--   rating  0 (riskiest) to 4 (safest); null where the judgement was taken back
--   evidence  what it rests on
--   rated_on  the day of the judgement
--   assessor  who judged
create or replace macro value.risk_judgements(as_of DATE) as table
with latest as (
    select *, row_number() over (partition by account_id, factor order by rated_on desc, rating_id desc) as newest
    from value.risk_ratings
    where rated_on <= as_of
)
select account_id, factor, rating, evidence, rated_on, assessor
from latest
where newest = 1;
