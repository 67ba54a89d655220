-- portfolio.compliance(as_of DATE, of_owner VARCHAR)
-- One row: a calendar month up to as_of with the follow-ups that fell due in it and those done in time.
-- Windows: the month of as_of and the eleven before; a month appears where a follow-up fell due.
-- Columns:
--   month          its first day
--   due_count      follow-ups that fell due, count
--   in_time_count  of them done on or before their day, count
--   in_time_share  in_time_count / due_count, share; null where nothing fell due
-- of_owner: of the accounts that this person owns on as_of; null for all. A contact that is due by cadence is done in time
-- where one of any kind follows until its day; a grade that changes before starts the clock again. A promise is done in time
-- where it was settled as kept until its day; dropped ones, and those of an import that nobody settled, are left out.
-- Cadences are those of as_of.
create or replace macro portfolio.compliance(as_of DATE, of_owner VARCHAR) as table
with graded as (
    select
        account_id,
        graded_on,
        arg_max(grade, grade_id) as grade
    from portfolio.grades
    where graded_on <= as_of
    group by account_id, graded_on
),
regraded as (
    select account_id, graded_on, grade
    from graded
    qualify grade is distinct from lag(grade) over (partition by account_id order by graded_on)
),
dealt as (
    select * from relationships.dealings(as_of)
),
events as (
    select account_id, happened_on, bool_or(is_contact) as is_contact
    from (
        select account_id, occurred_on as happened_on, true as is_contact from dealt where kind <> 'survey'
        union all
        select account_id, graded_on, false from regraded
    ) as either
    group by account_id, happened_on
),
clocks as (
    select
        events.account_id,
        events.happened_on,
        lead(events.happened_on) over later as next_on,
        lead(events.is_contact) over later as next_is_contact
    from events
    window later as (partition by events.account_id order by events.happened_on)
),
running as (
    select
        clocks.account_id,
        portfolio.working_days_after(clocks.happened_on, cadences.cadence_days) as due_on,
        clocks.next_on,
        clocks.next_is_contact
    from clocks
    asof join regraded
        on regraded.account_id = clocks.account_id and regraded.graded_on <= clocks.happened_on
    join portfolio.cadences(as_of) as cadences on cadences.grade = regraded.grade
),
due as (
    select account_id, due_on, coalesce(next_is_contact and next_on <= due_on, false) as is_in_time
    from running
    where not coalesce(not next_is_contact and next_on <= due_on, false)
        and (due_on < as_of or (due_on = as_of and next_is_contact and next_on <= due_on))
    union all
    select account_id, next_step_due, promise_state = 'kept' and settled_on <= next_step_due
    from dealt
    where next_step_due < as_of
        and (promise_state = 'kept' or (promise_state = 'overdue' and is_captured))
)
select
    cast(date_trunc('month', due.due_on) as date) as month,
    count(*) as due_count,
    count(*) filter (where due.is_in_time) as in_time_count,
    count(*) filter (where due.is_in_time) / count(*) as in_time_share
from due
left join portfolio.owners(as_of) as owners on owners.account_id = due.account_id
where due.due_on >= date_trunc('month', as_of) - interval 11 months
    and (of_owner is null or lower(trim(owners.owner)) = lower(trim(of_owner)))
group by date_trunc('month', due.due_on);
