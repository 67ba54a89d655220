-- plays.addressed(as_of DATE, of_run BIGINT)
-- One row: an account that a run was meant for, with whom to turn to there, as known on as_of.
-- Columns:
--   account_id      the account
--   name            the account's name of then
--   owner           whose account it was then; null where nobody's
--   is_key_account  true where it is in the programme on as_of
--   is_listed       true on the list, false left out
--   reasons         why it was left out, each spelled out; null on the list
--   row_state       as in plays.run_rows
--   is_open         true on the list while nothing was said
--   note            what came of it; null while open
--   done_on         the day; null while open
--   marked_by       who wrote it down; null while open
--   contact_id      the contact of most influence who is there; null where none is known
--   contact_name    that person
--   contact_title   that person's title
--   contact_email   that person's address
--   contact_phone   that person's number
create or replace macro plays.addressed(as_of DATE, of_run BIGINT) as table
with people as (
    select
        account_id,
        contact_id,
        max(value) filter (where attribute = 'name') as name,
        max(value) filter (where attribute = 'title') as title,
        max(value) filter (where attribute = 'email') as email,
        max(value) filter (where attribute = 'phone') as phone,
        max(value) filter (where attribute = 'influence')::integer as influence,
        max(value) filter (where attribute = 'left') as left_on
    from relationships.contact_facts(as_of, null)
    group by account_id, contact_id
),
nearest as (
    select *
    from people
    where left_on is null and name is not null
    qualify row_number() over (partition by account_id order by influence desc nulls last, email is null, contact_id) = 1
)
select
    rows.account_id,
    rows.name,
    rows.owner,
    roster.account_id is not null as is_key_account,
    rows.is_listed,
    rows.reasons,
    rows.row_state,
    rows.is_open,
    rows.note,
    rows.done_on,
    rows.marked_by,
    nearest.contact_id,
    nearest.name as contact_name,
    nearest.title as contact_title,
    nearest.email as contact_email,
    nearest.phone as contact_phone
from plays.run_rows(as_of) as rows
left join nearest on nearest.account_id = rows.account_id
left join programme.roster(as_of) as roster on roster.account_id = rows.account_id
where rows.run_id = of_run;
