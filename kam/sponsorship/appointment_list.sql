-- sponsorship.appointment_list(as_of DATE)
-- One row: a contact of one of our executives with an account, planned, held or cancelled.
-- Columns:
--   appointment_id     the contact
--   account_id         the account
--   account_name       its name; the id where it is no longer on record
--   executive_id       our executive
--   executive_name     name; the id where the executive is no longer on record
--   kind               visit (face to face), call, plan_review
--   occasion           dialogue, plan, escalation, deal
--   planned_on         the day it is planned for
--   begins             hh:mm; null: all day
--   minutes            how long; null where it is not said
--   place              where
--   person_ids         customer's contacts to be met
--   people             their names
--   brief              what the executive was briefed with; empty without a brief
--   briefed_at         when the brief was written, UTC; null without
--   state              planned, held, cancelled
--   held_on            the day it was held
--   outcome            what came of it, or why it was cancelled
--   version            counts changes
--   appointment_state  planned, needs_brief (planned within sponsorship.brief_due_days and no brief), needs_outcome
--                      (planned before as_of and neither held nor cancelled), held, held_unbriefed (held without a brief),
--                      cancelled
create or replace macro sponsorship.appointment_list(as_of DATE) as table
with due as (
    select coalesce(max(value), 0)::integer as brief_due_days
    from parameters.effective(as_of)
    where parameter_id = 'sponsorship.brief_due_days'
),
named as (
    select
        met.appointment_id,
        list(coalesce(contacts.name, met.person_id) order by coalesce(contacts.name, met.person_id)) as people
    from (
        select appointment_id, unnest(person_ids) as person_id from sponsorship.appointments
    ) as met
    left join ledgers.contacts on contacts.contact_id = met.person_id
    group by met.appointment_id
)
select
    appointments.appointment_id,
    appointments.account_id,
    coalesce(accounts.name, appointments.account_id) as account_name,
    appointments.executive_id,
    coalesce(executives.name, appointments.executive_id) as executive_name,
    appointments.kind,
    appointments.occasion,
    appointments.planned_on,
    appointments.begins,
    appointments.minutes,
    appointments.place,
    appointments.person_ids,
    coalesce(named.people, []) as people,
    appointments.brief,
    appointments.briefed_at,
    appointments.state,
    appointments.held_on,
    appointments.outcome,
    appointments.version,
    case
        when appointments.state = 'cancelled' then 'cancelled'
        when appointments.state = 'held' and appointments.brief = '' then 'held_unbriefed'
        when appointments.state = 'held' then 'held'
        when appointments.planned_on < as_of then 'needs_outcome'
        when appointments.brief = '' and appointments.planned_on <= as_of + due.brief_due_days then 'needs_brief'
        else 'planned'
    end as appointment_state
from sponsorship.appointments
cross join due
left join named on named.appointment_id = appointments.appointment_id
left join ledgers.accounts on accounts.account_id = appointments.account_id
left join ledgers.executives on executives.executive_id = appointments.executive_id;
