-- programme.buying_list(as_of DATE)
-- One row: an account with what it is called, who looks after it, whether it is a key account on as_of, and how it buys.
-- Windows and unknown readings: as in segments.buying.
-- Columns:
--   account_id  the account
--   name  its name
--   industry  as in the master
--   region  as in the master
--   owner  its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   first_purchase_on  day of the first purchase, date; null without one
--   last_purchase_on  day of the latest purchase, date
--   recency_days  as_of − last_purchase_on, days
--   age_days  as_of − first_purchase_on, days
--   span_days  last_purchase_on − first_purchase_on, days
--   order_count  distinct orders with a purchase, count
--   repeat_count  purchase days after the first, count
--   revenue_amount  net revenue up to as_of, reporting currency
--   repeat_mean_amount  mean net revenue of a repeat, reporting currency
--   recency_score  1 to 5
--   frequency_score  1 to 5
--   money_score  1 to 5
--   segment  name of the segment; null without a purchase
--   gap_count  gaps between purchase days, count
--   median_gap_days  median gap, days
--   expected_gap_days  mean gap, drawn towards the base's where there are few, days
--   silence_cycles  recency_days / expected_gap_days, ratio
--   silence_chance  chance of such a silence for an account that still buys, share
--   silent_last_year  true where it was as silent in the same days a year before
--   activity_state  active, slowing, dormant or unknown
--   basis  what decided the state: own_rhythm, days, contract or no_purchase
--   is_alarming  true where it is slowing or dormant and was not as silent a year before
--   alarming_amount  revenue_amount of those, what is at stake, reporting currency; null for others
create or replace macro programme.buying_list(as_of DATE) as table
select
    accounts.account_id,
    accounts.name,
    accounts.industry,
    accounts.region,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    buying.* exclude (account_id),
    case when buying.is_alarming then buying.revenue_amount end as alarming_amount
from segments.buying(as_of) as buying
join ledgers.accounts on accounts.account_id = buying.account_id
left join programme.roster(as_of) as roster on roster.account_id = buying.account_id;
