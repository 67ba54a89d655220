-- change.milestone_list(as_of DATE)
-- One row: a milestone of the programme's roadmap, recorded up to as_of.
-- Columns:
--   milestone_id    the milestone
--   step            which of the seven steps it serves (kam.change.STEPS)
--   milestone       what is reached
--   owner           who reaches it
--   starts_on       when work on it begins; null where that was not said
--   due_on          until when
--   origin          roadmap, priorities (a concern of customers), round (a decision of the committee) or practice
--   origin_key      the attribute, the year of the round or the practice; empty for the roadmap's own
--   is_open         true while it is neither done nor dropped on as_of
--   milestone_state  on as_of: overdue, waiting (open, and one that it needs is open), open, done, dropped
--   needed_ids      milestones that it needs, in order; empty for none
--   waits_for       names of those of them that are open on as_of, in order; null where it waits for none
--   closed_on       when it was done or dropped; null while open on as_of
--   outcome         what came of it; empty while open on as_of
--   days_left       due_on − as_of of an open one, days, below 0 when late; null otherwise
--   version         of the record, for changing it
create or replace macro change.milestone_list(as_of DATE) as table
with known as (
    select *, state = 'open' or closed_on > as_of as is_open
    from change.milestones
    where recorded_on <= as_of
),
needs as (
    select
        milestone_needs.milestone_id,
        list(known.milestone_id order by known.milestone_id) as needed_ids,
        string_agg(known.milestone, '; ' order by known.milestone_id) filter (where known.is_open) as waits_for
    from change.milestone_needs
    join known on known.milestone_id = milestone_needs.needed_id
    group by milestone_needs.milestone_id
)
select
    known.milestone_id,
    known.step,
    known.milestone,
    known.owner,
    known.starts_on,
    known.due_on,
    known.origin,
    known.origin_key,
    known.is_open,
    case
        when not known.is_open then known.state
        when known.due_on < as_of then 'overdue'
        when needs.waits_for is not null then 'waiting'
        else 'open'
    end as milestone_state,
    coalesce(needs.needed_ids, []) as needed_ids,
    needs.waits_for,
    case when not known.is_open then known.closed_on end as closed_on,
    case when known.is_open then '' else known.outcome end as outcome,
    case when known.is_open then date_diff('day', as_of, known.due_on)::integer end as days_left,
    known.version
from known
left join needs on needs.milestone_id = known.milestone_id;
