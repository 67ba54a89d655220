-- plays.acts(as_of DATE)
-- One row: an account of a list with what was last said of it up to as_of.
-- Columns:
--   run_id      the run
--   account_id  the account
--   play_id     its play
--   play        the play's name, as it was when it ran
--   outcome     done, interested, won, no_interest, not_reached or not_done
--   is_act      false for not_done: nobody turned to the account
--   note        what was said
--   done_on     the day
--   marked_by   who wrote it down
create or replace macro plays.acts(as_of DATE) as table
select
    marks.run_id,
    marks.account_id,
    runs.play_id,
    versions.name as play,
    marks.outcome,
    marks.outcome <> 'not_done' as is_act,
    marks.note,
    marks.done_on,
    marks.marked_by
from plays.marks
join plays.runs on runs.run_id = marks.run_id
join plays.versions on versions.play_id = runs.play_id and versions.version = runs.version
where marks.done_on <= as_of
qualify row_number() over (partition by marks.run_id, marks.account_id order by marks.mark_id desc) = 1;
