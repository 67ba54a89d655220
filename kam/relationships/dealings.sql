-- relationships.dealings(as_of DATE)
-- One row: something that happened between us and an account up to as_of: imported interactions and those written
-- down in the workbench, in one list. An import and its undo never touch what was written down here.
-- Columns:
--   interaction_id  the interaction; those of the workbench begin with W-
--   account_id      the account
--   occurred_on     the day
--   kind            visit, executive_visit, call, email, message, meeting, complaint, note …
--   summary         what was said
--   by              who of ours
--   contact_id      with whom; null where nobody is named
--   next_step       what was promised; null where nothing was
--   next_step_due   until when
--   is_captured     true where it was written down in the workbench
--   corrects        the interaction that this one stands in for; null where it is a first version
--   promise_state   of next_step: kept, dropped, overdue (open, due before as_of), open; null without a promise
--   settled_on      when the promise was kept or dropped, up to as_of
-- Left out: what a later row corrects or withdraws; what happened after as_of.
create or replace macro relationships.dealings(as_of DATE) as table
with everything as (
    select
        interaction_id, account_id, occurred_on, kind, summary, "by", contact_id, next_step, next_step_due,
        false as is_captured, null::varchar as corrects, false as is_withdrawn
    from ledgers.interactions
    union all
    select
        interaction_id, account_id, occurred_on, kind, summary, "by", contact_id, next_step, next_step_due,
        true, corrects, is_withdrawn
    from relationships.captured_interactions
),
settled as (
    select
        interaction_id,
        arg_max(outcome, settlement_id) as outcome,
        arg_max(settled_on, settlement_id) as settled_on
    from relationships.settled_promises
    where settled_on <= as_of
    group by interaction_id
)
select
    everything.interaction_id,
    everything.account_id,
    everything.occurred_on,
    everything.kind,
    everything.summary,
    everything."by",
    everything.contact_id,
    everything.next_step,
    everything.next_step_due,
    everything.is_captured,
    everything.corrects,
    case
        when everything.next_step is null then null
        when settled.outcome is not null then settled.outcome
        when everything.next_step_due < as_of then 'overdue'
        else 'open'
    end as promise_state,
    settled.settled_on
from everything
anti join (
    select corrects as replaced from relationships.captured_interactions where corrects is not null
) on replaced = everything.interaction_id
left join settled on settled.interaction_id = everything.interaction_id
where everything.occurred_on <= as_of and not everything.is_withdrawn;
