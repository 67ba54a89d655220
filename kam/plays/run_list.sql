-- plays.run_list(as_of DATE)
-- One row: a run of a play up to as_of, with how far its list is.
-- Columns:
--   run_id          the run
--   play_id         its play
--   play            the play's name, as it was when it ran
--   version         the play's version of then
--   run_on          the day that it ran for
--   due_on          until when its list is done
--   targeted_count  accounts that it was meant for, count
--   listed_count    of these on the list, count
--   left_out_count  of these left out, count
--   done_count      of the list, those that somebody turned to, count
--   won_count       of these bought or agreed, count
--   not_done_count  of the list, those that were not done, with a word why, count
--   open_count      of the list, those of which nothing was said yet, count
--   overdue_count   of these past due_on, count
--   run_state       overdue, open, or done where nothing is open
--   target_told     whom it was meant for, in words of then
--   rules_told      when not, in words of then
--   run_by          who ran it
--   run_at          when, UTC
-- Identities: targeted = listed + left_out; listed = done + not_done + open.
create or replace macro plays.run_list(as_of DATE) as table
with counted as (
    select
        run_id,
        any_value(play) as play,
        count(*) as targeted_count,
        count(*) filter (where is_listed) as listed_count,
        count(*) filter (where not is_listed) as left_out_count,
        count(*) filter (where is_listed and not is_open and row_state <> 'not_done') as done_count,
        count(*) filter (where row_state = 'won') as won_count,
        count(*) filter (where row_state = 'not_done') as not_done_count,
        count(*) filter (where is_open) as open_count,
        count(*) filter (where row_state = 'overdue') as overdue_count
    from plays.run_rows(as_of)
    group by run_id
)
select
    runs.run_id,
    runs.play_id,
    counted.play,
    runs.version,
    runs.as_of as run_on,
    runs.due_on,
    counted.targeted_count,
    counted.listed_count,
    counted.left_out_count,
    counted.done_count,
    counted.won_count,
    counted.not_done_count,
    counted.open_count,
    counted.overdue_count,
    case
        when counted.overdue_count > 0 then 'overdue'
        when counted.open_count > 0 then 'open'
        else 'done'
    end as run_state,
    runs.target_told,
    runs.rules_told,
    runs.run_by,
    runs.run_at
from plays.runs
join counted on counted.run_id = runs.run_id;
