-- reviews.calendar(as_of DATE)
-- One row: a key account on as_of and where its review cycle stands.
-- Columns:
--   account_id            the key account
--   name                  its name
--   owner                 its account manager, as in the master; null where unknown
--   category              strategic, star, status, streamline; null where it has none
--   admitted_on           since when it is in the programme
--   last_review_id        the latest review held up to as_of; null before the first
--   last_held_on          its day
--   last_rating           on_track, at_risk, off_track; null where none was given
--   held_count_12m        reviews held in (as_of − 12 months, as_of]
--   planned_review_id     the next planned review that is not held; null where none is planned
--   planned_on            its day
--   due_on                last review (before the first: the admission) + the days of its category (reviews.cadence_rules), or planned_on where
--                         that is earlier; null where no cadence is set and nothing is planned
--   review_state          none (no cadence, nothing planned), overdue (as_of is after due_on), due_soon (within
--                         reviews.due_soon_days), current
--   open_action_count     open actions of its reviews
--   overdue_action_count  open actions whose due date lies before as_of
-- Identity: the rows are those of programme.roster(as_of).
create or replace macro reviews.calendar(as_of DATE) as table
with cadence as (
    select
        max(value) filter (where parameter_id = 'reviews.due_soon_days')::integer as due_soon_days
    from parameters.effective(as_of)
),
held as (
    select
        account_id,
        arg_max(review_id, (held_on, review_id)) as last_review_id,
        max(held_on) as last_held_on,
        max_by({'rating': rating}, (held_on, review_id)).rating as last_rating,
        count(*) filter (where held_on > as_of - interval 12 months) as held_count_12m
    from reviews.reviews
    where state = 'held' and held_on <= as_of
    group by account_id
),
planned as (
    select account_id, arg_min(review_id, (planned_on, review_id)) as planned_review_id, min(planned_on) as planned_on
    from reviews.reviews
    where state = 'planned' or (state = 'held' and held_on > as_of)
    group by account_id
),
open_actions as (
    select
        account_id,
        count(*) as open_action_count,
        count(*) filter (where due_on < as_of) as overdue_action_count
    from reviews.action_list(as_of)
    where is_open
    group by account_id
),
dated as (
    select
        roster.account_id,
        roster.name,
        accounts.owner,
        roster.category,
        roster.admitted_on,
        held.last_review_id,
        held.last_held_on,
        held.last_rating,
        coalesce(held.held_count_12m, 0) as held_count_12m,
        planned.planned_review_id,
        planned.planned_on,
        least(
            coalesce(held.last_held_on, roster.admitted_on) + rules.due_after_days, planned.planned_on
        ) as due_on,
        cadence.due_soon_days,
        coalesce(open_actions.open_action_count, 0) as open_action_count,
        coalesce(open_actions.overdue_action_count, 0) as overdue_action_count
    from programme.roster(as_of) as roster
    cross join cadence
    left join reviews.cadence_rules(as_of) as rules on rules.category is not distinct from roster.category
    left join held on held.account_id = roster.account_id
    left join planned on planned.account_id = roster.account_id
    left join open_actions on open_actions.account_id = roster.account_id
    left join ledgers.accounts on accounts.account_id = roster.account_id
)
select
    account_id,
    name,
    owner,
    category,
    admitted_on,
    last_review_id,
    last_held_on,
    last_rating,
    held_count_12m,
    planned_review_id,
    planned_on,
    due_on,
    case
        when due_on is null then 'none'
        when as_of > due_on then 'overdue'
        when date_diff('day', as_of, due_on) <= due_soon_days then 'due_soon'
        else 'current'
    end as review_state,
    open_action_count,
    overdue_action_count
from dated;
