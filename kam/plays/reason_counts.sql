-- plays.reason_counts(of_run BIGINT)
-- One row: a reason for which accounts were left out of a run. An account counts under each of its reasons.
-- Columns:
--   reason         the reason, a code
--   label          of a segment its name; null of other reasons
--   account_count  accounts left out for it, count
--   alone_count    of these, accounts left out for nothing else, count
create or replace macro plays.reason_counts(of_run BIGINT) as table
with reasons as (
    select distinct account_id, reason, label
    from plays.run_reasons
    where run_id = of_run
),
counted as (
    select *, count(*) over (partition by account_id) as reason_count from reasons
)
select reason, label, count(*) as account_count, count(*) filter (where reason_count = 1) as alone_count
from counted
group by reason, label;
