-- selection.cycle_outcomes(of_cycle BIGINT)
-- One row: an account of a selection cycle as it was frozen, with what was proposed and decided.
-- Columns:
--   cycle_id  the cycle
--   account_id  the account
--   name  its name as it was then
--   rank  by attractiveness among those that passed every gate; null for the others
--   state_before  outside, nominated, member, at_risk or exiting when it was judged
--   is_key_account  true where it held a place then
--   verdict  pass, fail or unknown
--   is_near_miss  true where it failed one gate narrowly
--   attractiveness_low  points 0..10; what unknown scores left at least
--   attractiveness_high  points 0..10; what unknown scores left at most
--   strength_low  as attractiveness_low
--   strength_high  as attractiveness_high
--   category  strategic, star, status or streamline; null where the scores did not say
--   acceptability  share of the draws in which it was among the best; null where it did not pass
--   proposal  enter, stay, leave, wait or decline; null where there was nothing to decide
--   cause  why, a code; null where nothing changed
--   decision  what was decided; null before, and where there was nothing to decide
--   reason  what was said; null without a decision
create or replace macro selection.cycle_outcomes(of_cycle BIGINT) as table
select
    cycle_accounts.cycle_id,
    cycle_accounts.account_id,
    cycle_accounts.name,
    cycle_accounts.rank,
    cycle_accounts.state_before,
    cycle_accounts.is_key_account,
    cycle_accounts.verdict,
    cycle_accounts.is_near_miss,
    cycle_accounts.attractiveness_low,
    cycle_accounts.attractiveness_high,
    cycle_accounts.strength_low,
    cycle_accounts.strength_high,
    cycle_accounts.category,
    cycle_accounts.acceptability,
    cycle_accounts.proposal,
    cycle_accounts.cause,
    cycle_decisions.decision,
    cycle_decisions.reason
from selection.cycle_accounts
left join selection.cycle_decisions
    on cycle_decisions.cycle_id = cycle_accounts.cycle_id and cycle_decisions.account_id = cycle_accounts.account_id
where cycle_accounts.cycle_id = of_cycle;
