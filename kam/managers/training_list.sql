-- managers.training_list(as_of DATE)
-- One row: a training that was planned for an account manager up to as_of.
-- Columns:
--   training_id        the training
--   manager_id         whose
--   name               the manager's name; the id where the record no longer has it
--   competency         which competency
--   method             how
--   evidence_expected  what is to show that it worked
--   planned_on         when it was planned
--   due_on             until when
--   rerate_on          when the competency is to be rated again
--   evidence           what was shown in the end, or why it was dropped; null while open on as_of
--   closed_on          when it was done or dropped; null while open on as_of
--   rated_again_on     first rating of the competency by another on or after rerate_on, up to as_of; null without
--   training_state     overdue (open after due_on), open, dropped, rerate (done; not rated again although rerate_on
--       has come), done
--   is_open            true while it is neither done nor dropped on as_of
--   version            of the record, for closing it
create or replace macro managers.training_list(as_of DATE) as table
with planned as (
    select
        trainings.*,
        trainings.state = 'open' or trainings.closed_on > as_of as is_open_then,
        (
            select min(ratings.rated_on)
            from managers.ratings
            where ratings.manager_id = trainings.manager_id
                and ratings.competency = trainings.competency
                and ratings.rater_kind <> 'self'
                and ratings.rated_on >= trainings.rerate_on
                and ratings.rated_on <= as_of
        ) as rated_again_on
    from managers.trainings
    where trainings.planned_on <= as_of
)
select
    planned.training_id,
    planned.manager_id,
    coalesce(people.name, planned.manager_id) as name,
    planned.competency,
    planned.method,
    planned.evidence_expected,
    planned.planned_on,
    planned.due_on,
    planned.rerate_on,
    case when not planned.is_open_then then planned.evidence end as evidence,
    case when not planned.is_open_then then planned.closed_on end as closed_on,
    planned.rated_again_on,
    case
        when planned.is_open_then and planned.due_on < as_of then 'overdue'
        when planned.is_open_then then 'open'
        when planned.state = 'dropped' then 'dropped'
        when planned.rerate_on <= as_of and planned.rated_again_on is null then 'rerate'
        else 'done'
    end as training_state,
    planned.is_open_then as is_open,
    planned.version
from planned
left join ledgers.account_managers as people on people.manager_id = planned.manager_id;
