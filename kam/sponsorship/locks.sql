-- sponsorship.locks(as_of DATE)
-- One row: a sponsorship that is locked on as_of: a proposal leaves this executive with this account.
-- Columns:
--   account_id    the account
--   executive_id  its sponsor
--   locked_on     since when
--   reason        why
--   recorded_by   who wrote it down
-- Left out: locks of an assignment that has ended since; a new assignment is not locked by an old lock.
create or replace macro sponsorship.locks(as_of DATE) as table
with latest as (
    select *
    from sponsorship.lock_decisions
    where decided_on <= as_of
    qualify row_number() over (partition by account_id order by decided_on desc, decision_id desc) = 1
)
select latest.account_id, latest.executive_id, latest.decided_on as locked_on, latest.reason, latest.recorded_by
from latest
join sponsorship.standing(as_of) as standing
    on standing.account_id = latest.account_id and standing.is_active and standing.decision_id = latest.assignment_id
where latest.decision = 'locked';
