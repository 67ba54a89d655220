-- plays.run_rows(as_of DATE)
-- One row: an account that a run up to as_of was meant for, on its list or left out, with what was done.
-- Columns:
--   run_id        the run
--   play_id       its play
--   play          the play's name, as it was when it ran
--   channel       call, email, letter, message, portal or visit
--   message       what is said, sent or done
--   run_on        the day that it ran for
--   due_on        until when it is done
--   account_id    the account
--   name          the account's name of then
--   owner         whose account it was then; null where nobody's
--   is_listed     true on the list, false left out
--   reasons       why it was left out, each spelled out; null on the list
--   row_state     left_out; open or overdue while nothing was said; else the outcome (plays.acts)
--   is_open       true on the list while nothing was said
--   note          what came of it; null while open
--   done_on       the day; null while open
--   marked_by     who wrote it down; null while open
create or replace macro plays.run_rows(as_of DATE) as table
with spelled as (
    select run_id, account_id, string_agg(told, '; ' order by told) as reasons
    from plays.run_reasons
    group by run_id, account_id
)
select
    runs.run_id,
    runs.play_id,
    versions.name as play,
    versions.channel,
    versions.message,
    runs.as_of as run_on,
    runs.due_on,
    rows.account_id,
    rows.name,
    rows.owner,
    rows.is_listed,
    spelled.reasons,
    case
        when not rows.is_listed then 'left_out'
        when acts.outcome is not null then acts.outcome
        when runs.due_on < as_of then 'overdue'
        else 'open'
    end as row_state,
    rows.is_listed and acts.outcome is null as is_open,
    acts.note,
    acts.done_on,
    acts.marked_by
from plays.runs
join plays.versions on versions.play_id = runs.play_id and versions.version = runs.version
join plays.run_accounts as rows on rows.run_id = runs.run_id
left join spelled on spelled.run_id = rows.run_id and spelled.account_id = rows.account_id
left join plays.acts(as_of) as acts on acts.run_id = rows.run_id and acts.account_id = rows.account_id
where runs.as_of <= as_of;
