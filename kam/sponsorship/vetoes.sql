-- sponsorship.vetoes(as_of DATE)
-- One row: a veto that stands on as_of: this executive must not sponsor these accounts.
-- Columns:
--   veto_id        the declaration
--   kind           line_manager, quota_carrier, conflict_of_interest, customer_objection
--   executive_id   our executive
--   executive_name  name; the id where the executive is no longer on record
--   account_id     the one account it is about; null where it is about more
--   account_name   its name; the id where it is no longer on record
--   owner          the account manager whose accounts it is about; null otherwise
--   declared_on    from which day it holds
--   until_on       the last day on which it holds; null until it is withdrawn
--   declared_by    who declared it
--   reason         why
--   source         where that stands
--   recorded_by    who wrote it down
-- Left out: declarations withdrawn or run out by as_of, and those dated after it.
create or replace macro sponsorship.vetoes(as_of DATE) as table
with latest as (
    select *
    from sponsorship.veto_decisions
    where decided_on <= as_of
    qualify row_number() over (partition by veto_id order by decided_on desc, decision_id desc) = 1
)
select
    latest.veto_id,
    latest.kind,
    latest.executive_id,
    coalesce(executives.name, latest.executive_id) as executive_name,
    latest.account_id,
    coalesce(accounts.name, latest.account_id) as account_name,
    latest.owner,
    latest.decided_on as declared_on,
    latest.until_on,
    latest.declared_by,
    latest.reason,
    latest.source,
    latest.recorded_by
from latest
left join ledgers.executives on executives.executive_id = latest.executive_id
left join ledgers.accounts on accounts.account_id = latest.account_id
where latest.decision = 'declared' and (latest.until_on is null or latest.until_on >= as_of);
