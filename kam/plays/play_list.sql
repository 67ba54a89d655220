-- plays.play_list(as_of DATE)
-- One row: a play as it stands on as_of, with its latest run.
-- Columns:
--   play_id            the play
--   version            of its versions the one in force
--   name               what it is called
--   kind               offer, instruction, invitation, information, question or thanks
--   message            what is said, sent or done
--   channel            call, email, letter, message, portal or visit
--   due_days           days from a run until its list is done
--   segment            the saved segment that it is meant for; null: every account
--   unless             saved segments whose accounts are left out
--   audience           anyone, buyers or non_buyers
--   category           product category that buyers are buyers of; null: of anything
--   audience_months    months in which they bought; null for anyone
--   contact_rest_days  days in which nobody may have been in touch; null: no such rule
--   act_rest_days      days in which no play may have been done with the account; null: no such rule
--   despite_trouble    true where accounts with an open complaint or red line get it too
--   playbook_id        the playbook that it comes from; null without
--   is_retired         true where it is out of use
--   play_state         in_use or retired
--   reason             why it was made, changed or retired
--   decided_on         when
--   decided_by         by whom
--   run_count          runs up to as_of, count
--   last_run_on        the day of the latest; null without
--   open_count         accounts on its lists of which nothing was said yet, count
-- Left out: plays made after as_of.
create or replace macro plays.play_list(as_of DATE) as table
with standing as (
    select *
    from plays.versions
    where decided_on <= as_of
    qualify row_number() over (partition by play_id order by version desc) = 1
),
ran as (
    select play_id, count(*) as run_count, max(run_on) as last_run_on, sum(open_count)::bigint as open_count
    from plays.run_list(as_of)
    group by play_id
)
select
    standing.play_id,
    standing.version,
    standing.name,
    standing.kind,
    standing.message,
    standing.channel,
    standing.due_days,
    standing.segment,
    standing.unless,
    standing.audience,
    standing.category,
    standing.audience_months,
    standing.contact_rest_days,
    standing.act_rest_days,
    standing.despite_trouble,
    standing.playbook_id,
    standing.is_retired,
    case when standing.is_retired then 'retired' else 'in_use' end as play_state,
    standing.reason,
    standing.decided_on,
    standing.decided_by,
    coalesce(ran.run_count, 0) as run_count,
    ran.last_run_on,
    coalesce(ran.open_count, 0) as open_count
from standing
left join ran on ran.play_id = standing.play_id;
