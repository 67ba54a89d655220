-- sponsorship.decision_list
-- One row: a decision about an account's sponsor.
-- Columns:
--   decision_id     the decision
--   account_id      the account
--   executive_id    our executive
--   executive_name  name; the id where the executive is no longer on record
--   decision        assigned or relieved
--   decided_on      from which day it holds
--   reason          why
--   seen            JSON: fit and load seen when deciding; null for a relief
--   decided_by      who decided
--   decided_at      when it was entered, UTC
create or replace view sponsorship.decision_list as
select
    decisions.decision_id,
    decisions.account_id,
    decisions.executive_id,
    coalesce(executives.name, decisions.executive_id) as executive_name,
    decisions.decision,
    decisions.decided_on,
    decisions.reason,
    decisions.seen,
    decisions.decided_by,
    decisions.decided_at
from sponsorship.decisions
left join ledgers.executives on executives.executive_id = decisions.executive_id;
