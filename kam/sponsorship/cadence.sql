-- sponsorship.cadence(as_of DATE)
-- One row: a key account on as_of × a kind of contact: what is due, what was held last, what is planned next.
-- Columns:
--   account_id       the key account
--   name             its name
--   category         strategic, star, status, streamline; null where it has none
--   executive_id     our executive sponsor; null where vacant
--   kind             visit (face to face), call, plan_review
--   every_days       days from one to the next (sponsorship.cadence_rules); null where none are due
--   last_on          latest of this kind up to as_of, whoever of our executives it was
--   count_12m        of this kind in (as_of − 12 months, as_of], count
--   next_planned_on  the next one that is planned on or after as_of; null where none is
--   due_on           last (without one: the assignment) + every_days; null where none are due or nobody sponsors
--   cadence_state    unassigned, none (no cadence is set), overdue (as_of is after due_on), no_contact_yet, due_soon
--                    (within sponsorship.contact_due_soon_days), current
create or replace macro sponsorship.cadence(as_of DATE) as table
with soon as (
    select max(value)::integer as due_soon_days
    from parameters.effective(as_of)
    where parameter_id = 'sponsorship.contact_due_soon_days'
),
touched as (
    select
        account_id,
        kind,
        max(touched_on) as last_on,
        count(*) filter (where touched_on > as_of - interval 12 months) as count_12m
    from sponsorship.touches(as_of)
    group by account_id, kind
),
planned as (
    select account_id, kind, min(planned_on) as next_planned_on
    from sponsorship.appointments
    where planned_on >= as_of and (state = 'planned' or (state = 'held' and held_on > as_of))
    group by account_id, kind
),
pairs as (
    select
        roster.account_id,
        roster.name,
        roster.category,
        case when standing.is_active then standing.executive_id end as executive_id,
        case when standing.is_active then standing.decided_on end as assigned_on,
        kinds.kind,
        kinds.place
    from programme.roster(as_of) as roster
    left join sponsorship.standing(as_of) as standing on standing.account_id = roster.account_id
    cross join (values ('visit', 1), ('call', 2), ('plan_review', 3)) as kinds (kind, place)
),
dated as (
    select
        pairs.*,
        rules.every_days,
        touched.last_on,
        coalesce(touched.count_12m, 0) as count_12m,
        planned.next_planned_on,
        case
            when pairs.executive_id is not null then coalesce(touched.last_on, pairs.assigned_on) + rules.every_days
        end as due_on,
        soon.due_soon_days
    from pairs
    cross join soon
    left join sponsorship.cadence_rules(as_of) as rules
        on rules.kind = pairs.kind and rules.category is not distinct from pairs.category
    left join touched on touched.account_id = pairs.account_id and touched.kind = pairs.kind
    left join planned on planned.account_id = pairs.account_id and planned.kind = pairs.kind
)
select
    account_id,
    name,
    category,
    executive_id,
    kind,
    every_days,
    last_on,
    count_12m,
    next_planned_on,
    due_on,
    case
        when executive_id is null then 'unassigned'
        when due_on is null then 'none'
        when as_of > due_on then 'overdue'
        when last_on is null then 'no_contact_yet'
        when date_diff('day', as_of, due_on) <= due_soon_days then 'due_soon'
        else 'current'
    end as cadence_state
from dated;
