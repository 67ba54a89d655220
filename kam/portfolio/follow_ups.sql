-- portfolio.follow_ups(as_of DATE, of_person VARCHAR)
-- One row: somebody to follow up, by the cadence of a grade or by a promise, on as_of or later.
-- Columns:
--   follow_up_id     C: and the account, P: and the interaction, S: and the sponsor's promise
--   account_id       the account
--   name             its name
--   follow_up_kind   cadence, promise (of a next step) or sponsor_promise
--   what             what was promised; null for a cadence
--   due_on           the day
--   days_late        as_of − due_on, days; null where it is not late
--   follow_up_state  overdue, due_today or coming
--   grade            the account's grade; null without one
--   since_on         the last contact, or since when it has the grade where that is later; when the promise was made
--   owner            whose account it is
--   who              who sees to it: who promised, else the owner
--   is_mine          true where of_person owns the account or sees to it
--   is_key_account   true where it is in the programme on as_of
--   place            1 for what comes first: mine before others', then the longest due
-- A cadence counts working days from the last contact of any kind but a survey's answer, or from the day of the grade
-- where that is later. Left out: accounts without a grade, promises without a day, promises that an import brought and
-- that fell due more than portfolio.imported_promise_days before as_of.
create or replace macro portfolio.follow_ups(as_of DATE, of_person VARCHAR) as table
with dealt as (
    select * from relationships.dealings(as_of)
),
held_long as (
    select coalesce(max(value), 0)::integer as imported_days
    from parameters.effective(as_of)
    where parameter_id = 'portfolio.imported_promise_days'
),
contacted as (
    select account_id, max(occurred_on) as last_on from dealt where kind <> 'survey' group by account_id
),
due as (
    select
        'C:' || held.account_id as follow_up_id,
        held.account_id,
        'cadence' as follow_up_kind,
        null::varchar as what,
        portfolio.working_days_after(greatest(held.since, coalesce(contacted.last_on, held.since)), cadences.cadence_days)
            as due_on,
        greatest(held.since, coalesce(contacted.last_on, held.since)) as since_on,
        null::varchar as who
    from portfolio.grades_held(as_of) as held
    join portfolio.cadences(as_of) as cadences on cadences.grade = held.grade
    left join contacted on contacted.account_id = held.account_id
    union all
    select
        'P:' || interaction_id, account_id, 'promise', next_step, next_step_due, occurred_on, "by"
    from dealt
    cross join held_long
    where promise_state in ('open', 'overdue') and next_step_due is not null
        and (is_captured or next_step_due >= as_of - held_long.imported_days)
    union all
    select 'S:' || promise_id::varchar, account_id, 'sponsor_promise', promise, due_on, made_on, owner
    from sponsorship.promise_list(as_of)
    where promise_state in ('open', 'due_soon', 'overdue')
),
told as (
    select
        due.follow_up_id,
        due.account_id,
        coalesce(owners.name, due.account_id) as name,
        due.follow_up_kind,
        due.what,
        due.due_on,
        case when due.due_on < as_of then date_diff('day', due.due_on, as_of) end as days_late,
        case when due.due_on < as_of then 'overdue' when due.due_on = as_of then 'due_today' else 'coming' end
            as follow_up_state,
        held.grade,
        due.since_on,
        owners.owner,
        coalesce(due.who, owners.owner) as who,
        coalesce(
            lower(trim(owners.owner)) = lower(trim(of_person)) or lower(trim(due.who)) = lower(trim(of_person)), false
        ) as is_mine,
        coalesce(owners.is_key_account, false) as is_key_account
    from due
    left join portfolio.owners(as_of) as owners on owners.account_id = due.account_id
    left join portfolio.grades_held(as_of) as held on held.account_id = due.account_id
)
select
    told.*,
    row_number() over (order by is_mine desc, due_on, is_key_account desc, name, follow_up_id) as place
from told;
