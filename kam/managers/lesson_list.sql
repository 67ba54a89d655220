-- managers.lesson_list(as_of DATE)
-- One row: what was learned about an account at a handover that was closed up to as_of.
-- Columns:
--   account_id  the account
--   closed_on   when
--   kind        manager or sponsor
--   from_name   who handed over
--   to_name     who took over
--   lessons     what was learned
create or replace macro managers.lesson_list(as_of DATE) as table
select account_id, closed_on, kind, from_name, to_name, lessons
from managers.handovers
where state = 'closed' and closed_on <= as_of;
