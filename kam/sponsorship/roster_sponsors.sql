-- sponsorship.roster_sponsors(as_of DATE)
-- One row: a key account on as_of with its executive sponsor, or without one.
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
--   is_covered         true where the sponsor is an executive on record
--   vacant_since       admission, or the day the last sponsor was relieved, whichever is later; null with a sponsor
--   days_vacant        as_of − vacant_since, days; null with a sponsor
--   last_contact_on    latest executive visit to the account up to as_of, whoever of our executives made it
--   contact_count_12m  executive visits in (as_of − 12 months, as_of]
--   contact_due_on     last contact (without one: the assignment) + sponsorship.contact_overdue_after_days
--   contact_state      unassigned, none (no cadence is set), overdue (as_of is after contact_due_on), no_contact_yet,
--                      due_soon (within sponsorship.contact_due_soon_days), current
-- Identity: the rows are those of programme.roster(as_of).
-- Left out: sponsors of accounts that are no longer in the programme (sponsorship.standing has them).
create or replace macro sponsorship.roster_sponsors(as_of DATE) as table
with cadence as (
    select
        max(value) filter (where parameter_id = 'sponsorship.contact_overdue_after_days')::integer as overdue_after_days,
        max(value) filter (where parameter_id = 'sponsorship.contact_due_soon_days')::integer as due_soon_days
    from parameters.effective(as_of)
),
contacts as (
    select
        account_id,
        max(occurred_on) as last_contact_on,
        count(*) filter (where occurred_on > as_of - interval 12 months) as contact_count_12m
    from relationships.dealings(as_of)
    where kind = 'executive_visit'
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
        end as vacant_since,
        contacts.last_contact_on,
        coalesce(contacts.contact_count_12m, 0) as contact_count_12m
    from programme.roster(as_of) as roster
    left join sponsorship.standing(as_of) as standing on standing.account_id = roster.account_id
    left join contacts on contacts.account_id = roster.account_id
    left join ledgers.accounts on accounts.account_id = roster.account_id
),
dated as (
    select
        sponsored.*,
        executives.name as executive_name,
        executives.title as executive_title,
        case
            when sponsored.executive_id is not null
                then coalesce(sponsored.last_contact_on, sponsored.assigned_on) + cadence.overdue_after_days
        end as contact_due_on,
        cadence.due_soon_days
    from sponsored
    cross join cadence
    left join ledgers.executives on executives.executive_id = sponsored.executive_id
)
select
    account_id,
    name,
    owner,
    category,
    admitted_on,
    executive_id,
    executive_name,
    executive_title,
    assigned_on,
    executive_name is not null as is_covered,
    vacant_since,
    date_diff('day', vacant_since, as_of) as days_vacant,
    last_contact_on,
    contact_count_12m,
    contact_due_on,
    case
        when executive_id is null then 'unassigned'
        when contact_due_on is null then 'none'
        when as_of > contact_due_on then 'overdue'
        when last_contact_on is null then 'no_contact_yet'
        when date_diff('day', as_of, contact_due_on) <= due_soon_days then 'due_soon'
        else 'current'
    end as contact_state
from dated;
