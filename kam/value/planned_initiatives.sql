-- value.planned_initiatives(as_of DATE)
-- One row: an initiative of an account as its latest revision up to as_of states it, the withdrawn left out.
-- Columns:
--   initiative_id  its number
--   revision  which revision counts on as_of, from 1
--   account_id  the account
--   title  what will be done
--   profit_low_amount  yearly effect on profit in the low case, reporting currency
--   profit_likely_amount  the likeliest effect a year
--   profit_high_amount  the high case
--   starts_on  first day of its effect
--   ends_on  last day of its effect
--   probability  chance that it comes about, share
--   owner  who carries it
--   source  what the estimate rests on
--   stated_on  day from which this revision counts
--   recorded_by  who wrote it down
create or replace macro value.planned_initiatives(as_of DATE) as table
with latest as (
    select *, row_number() over (partition by initiative_id order by revision desc) as newest
    from value.initiatives
    where stated_on <= as_of
)
select
    initiative_id,
    revision,
    account_id,
    title,
    profit_low_amount,
    profit_likely_amount,
    profit_high_amount,
    starts_on,
    ends_on,
    probability,
    owner,
    source,
    stated_on,
    recorded_by
from latest
where newest = 1 and not is_withdrawn;
