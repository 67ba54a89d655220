-- sponsorship.standing(as_of DATE)
-- One row: an account about which a sponsor was ever decided, as the decisions up to as_of leave it.
-- Columns:
--   account_id    the account
--   decision_id   the latest decision
--   executive_id  our executive: the active sponsor, or the one who was relieved
--   is_active     true while the executive is the account's sponsor
--   decided_on    date of that decision
--   reason        why
-- Left out: decisions dated after as_of. Of several on one day the one taken last counts.
create or replace macro sponsorship.standing(as_of DATE) as table
select account_id, decision_id, executive_id, decision = 'assigned' as is_active, decided_on, reason
from sponsorship.decisions
where decided_on <= as_of
qualify row_number() over (partition by account_id order by decided_on desc, decision_id desc) = 1;
