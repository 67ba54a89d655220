-- programme.segment_sizes(as_of DATE)
-- One row: a segment of recency, frequency and money that holds at least one account, with how many and what they bring.
-- Windows: as in segments.buying.
-- Columns:
--   segment  its name; null for the accounts that never purchased
--   account_count  accounts, count
--   key_account_count  of these key accounts on as_of, count
--   alarming_count  of these silent beyond their own rhythm and not so a year before, count
--   revenue_amount  their net revenue up to as_of, reporting currency
-- Identity: account_count over all rows = accounts of the master.
create or replace macro programme.segment_sizes(as_of DATE) as table
select
    segment,
    count(*) as account_count,
    count(*) filter (where is_key_account) as key_account_count,
    count(*) filter (where is_alarming) as alarming_count,
    cast(sum(revenue_amount) as decimal(18, 2)) as revenue_amount
from programme.buying_list(as_of)
group by segment;
