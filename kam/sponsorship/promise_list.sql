-- sponsorship.promise_list(as_of DATE)
-- One row: a promise that one of our executives made to an account up to as_of.
-- Columns:
--   promise_id      the promise
--   account_id      the account
--   account_name    its name; the id where it is no longer on record
--   executive_id    who made it
--   executive_name  name; the id where the executive is no longer on record
--   appointment_id  in which contact; null where in none on record
--   promise         what was promised
--   owner           who of us sees to it
--   made_on         when it was made
--   due_on          by when
--   closed_on       when it was kept or dropped; null while it is open on as_of
--   note            what came of it
--   version         counts changes
--   promise_state   open, due_soon (within sponsorship.contact_due_soon_days), overdue (as_of is after due_on), kept, kept_late,
--                   dropped
--   days_late       days after due_on at which it was kept, or as_of where it is open; null where it is not late or dropped
create or replace macro sponsorship.promise_list(as_of DATE) as table
with soon as (
    select coalesce(max(value), 0)::integer as due_soon_days
    from parameters.effective(as_of)
    where parameter_id = 'sponsorship.contact_due_soon_days'
),
told as (
    select
        promises.*,
        case when promises.closed_on <= as_of then promises.state else 'open' end as state_then,
        case when promises.closed_on <= as_of then promises.closed_on end as closed_then
    from sponsorship.promises
    where promises.made_on <= as_of
)
select
    told.promise_id,
    told.account_id,
    coalesce(accounts.name, told.account_id) as account_name,
    told.executive_id,
    coalesce(executives.name, told.executive_id) as executive_name,
    told.appointment_id,
    told.promise,
    told.owner,
    told.made_on,
    told.due_on,
    told.closed_then as closed_on,
    told.note,
    told.version,
    case
        when told.state_then = 'dropped' then 'dropped'
        when told.state_then = 'kept' then case when told.closed_then > told.due_on then 'kept_late' else 'kept' end
        when as_of > told.due_on then 'overdue'
        when date_diff('day', as_of, told.due_on) <= soon.due_soon_days then 'due_soon'
        else 'open'
    end as promise_state,
    case
        when told.state_then <> 'dropped' and coalesce(told.closed_then, as_of) > told.due_on
            then date_diff('day', told.due_on, coalesce(told.closed_then, as_of))
    end as days_late
from told
cross join soon
left join ledgers.accounts on accounts.account_id = told.account_id
left join ledgers.executives on executives.executive_id = told.executive_id;
