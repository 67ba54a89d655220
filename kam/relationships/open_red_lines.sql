-- relationships.open_red_lines(as_of DATE)
-- One row: an event that caps an account's health and is open on as_of.
-- Columns:
--   red_line_id  the event
--   account_id   the account
--   name         the account's name; its id where the master no longer has it
--   kind         sponsor_lost (the customer's sponsor), tender, service_failure, merger
--   happened_on  the day
--   evidence     how it is known
--   recorded_by  who wrote it down
--   version      of the record, for closing it
-- Left out: what happened after as_of, and what was closed up to it.
create or replace macro relationships.open_red_lines(as_of DATE) as table
select
    red_lines.red_line_id,
    red_lines.account_id,
    coalesce(accounts.name, red_lines.account_id) as name,
    red_lines.kind,
    red_lines.happened_on,
    red_lines.evidence,
    red_lines.recorded_by,
    red_lines.version
from relationships.red_lines
left join ledgers.accounts on accounts.account_id = red_lines.account_id
where red_lines.happened_on <= as_of and (red_lines.closed_on is null or red_lines.closed_on > as_of);
