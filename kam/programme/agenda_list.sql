-- programme.agenda_list(as_of DATE)
-- One row: key account management on an agenda of the top team, held or still ahead.
-- Columns:
--   item_id      the item
--   body         board, executive committee …
--   held_on      day of the meeting
--   subject      what it was about
--   outcome      what came of it; null while it is not written down
--   decision     what was decided; null where nothing was
--   item_state   ahead (after as_of), held, or unwritten (held without an outcome on record)
--   recorded_by  who wrote it down
--   version      of the record, for writing the outcome
create or replace macro programme.agenda_list(as_of DATE) as table
select
    item_id,
    body,
    held_on,
    subject,
    outcome,
    decision,
    case when held_on > as_of then 'ahead' when outcome is null then 'unwritten' else 'held' end as item_state,
    recorded_by,
    version
from programme.agenda_items;
