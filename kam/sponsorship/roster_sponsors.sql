-- sponsorship.roster_sponsors(as_of DATE)
-- One row: a key account on as_of with its executive sponsor, or without one.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id         the key account
--   name               its name
--   owner              its account manager, as in the master; null where unknown
--   category           strategic, star, status, streamline; null where it has none
--   admitted_on        since when it is in the programme
--   executive_id       our executive sponsor; null where nobody is assigned
--   executive_name     the sponsor's name; null where nobody is assigned or the executive is no longer on record
--   executive_title    the sponsor's title
--   assigned_on        since when this sponsor
--   is_covered         true where the sponsor is an executive on record who has not left
--   vacant_since       admission, or the day the last sponsor was relieved, whichever is later; null with a sponsor
--   days_vacant        as_of − vacant_since, days; null with a sponsor
--   last_contact_on    latest executive visit to the account up to as_of, whoever of our executives made it
--   contact_count_12m  days with an executive visit in (as_of − 12 months, as_of]
--   contact_due_on     last visit (without one: the assignment) + the days of its category (sponsorship.cadence)
--   contact_state      unassigned, none (no cadence is set), overdue (as_of is after contact_due_on), no_contact_yet,
--                      due_soon (within sponsorship.contact_due_soon_days), current
--   next_contact_on    the next visit, call or plan review that is planned on or after as_of; null where none is
--   deputy_id          the sponsor's deputy; null without one
--   deputy_name        the deputy's name; the id where the executive is no longer on record
--   is_locked          true where a proposal leaves the sponsor in place
--   sponsor_left_on    the day the sponsor left; null where they are with us
-- Identity: the rows are those of programme.roster(as_of).
-- Left out: sponsors of accounts that are no longer in the programme (sponsorship.standing has them).
create or replace macro sponsorship.roster_sponsors(as_of DATE) as table
with visits as (
    select account_id, last_on, count_12m, due_on, cadence_state
    from sponsorship.cadence(as_of)
    where kind = 'visit'
),
planned as (
    select account_id, min(next_planned_on) as next_contact_on
    from sponsorship.cadence(as_of)
    group by account_id
),
sponsored as (
    select
        roster.account_id,
        roster.name,
        accounts.owner,
        roster.category,
        roster.admitted_on,
        case when standing.is_active then standing.executive_id end as executive_id,
        case when standing.is_active then standing.decided_on end as assigned_on,
        case
            when standing.is_active then null
            else greatest(roster.admitted_on, coalesce(standing.decided_on, roster.admitted_on))
        end as vacant_since
    from programme.roster(as_of) as roster
    left join sponsorship.standing(as_of) as standing on standing.account_id = roster.account_id
    left join ledgers.accounts on accounts.account_id = roster.account_id
)
select
    sponsored.account_id,
    sponsored.name,
    sponsored.owner,
    sponsored.category,
    sponsored.admitted_on,
    sponsored.executive_id,
    executives.name as executive_name,
    executives.title as executive_title,
    sponsored.assigned_on,
    executives.name is not null and recorded.left_on is null as is_covered,
    sponsored.vacant_since,
    date_diff('day', sponsored.vacant_since, as_of) as days_vacant,
    visits.last_on as last_contact_on,
    visits.count_12m as contact_count_12m,
    visits.due_on as contact_due_on,
    visits.cadence_state as contact_state,
    planned.next_contact_on,
    deputies.executive_id as deputy_id,
    deputies.executive_name as deputy_name,
    locks.account_id is not null as is_locked,
    recorded.left_on as sponsor_left_on
from sponsored
left join visits on visits.account_id = sponsored.account_id
left join planned on planned.account_id = sponsored.account_id
left join ledgers.executives on executives.executive_id = sponsored.executive_id
left join sponsorship.executive_standing(as_of) as recorded on recorded.executive_id = sponsored.executive_id
left join sponsorship.deputies(as_of) as deputies on deputies.account_id = sponsored.account_id
left join sponsorship.locks(as_of) as locks on locks.account_id = sponsored.account_id;
