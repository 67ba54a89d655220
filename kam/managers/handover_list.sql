-- managers.handover_list(as_of DATE)
-- One row: a handover of a key account: a record that was opened, or a change of manager or sponsor that asks for one.
-- Columns:
--   source          names the change: appointment:…, import:…, sponsor:…
--   handover_id     its record; null where nobody has worked on it yet
--   account_id      the account
--   name            the account's name; its id where the account master no longer has it
--   kind            manager or sponsor
--   from_name       who hands over
--   to_name         who takes over; null while that is nobody
--   changed_on      day of the change; of one that came by import the day of the import
--   handover_state  on as_of: vacant (nobody takes over yet), open, closed
--   closed_on       when it was closed; null while open on as_of
--   days_taken      from the change to the closing, or to as_of, days; 0 where as_of lies before
--   settled_count   items of the checklist that are done or not needed on as_of; null without a record
--   item_count      items of the checklist; null without a record
--   lessons         what was learned, as written at the closing; null while open on as_of
--   version         of the record; null without
-- Left out: changes without a record of accounts that are not in the programme on as_of, or were not yet when it
-- happened; changes of sponsors and appointments after as_of. A change by import is shown on every day: the account
-- master keeps no history, so the owner that pages show changed with it.
create or replace macro managers.handover_list(as_of DATE) as table
with settled as (
    select handover_id, count(*) filter (where state <> 'open') as settled_count
    from (
        select handover_id, state
        from managers.handover_marks
        where marked_on <= as_of
        qualify row_number() over (partition by handover_id, item_id order by marked_on desc, mark_id desc) = 1
    )
    group by handover_id
),
changes as (
    select source, account_id, 'manager' as kind, changed_on, changed_at, from_name, to_name from managers.manager_changes
    union all
    select
        source,
        account_id,
        'sponsor',
        changed_on,
        null,
        from_name,
        case when filled_on <= as_of then to_name end
    from managers.sponsor_changes
    where changed_on <= as_of
),
opened as (
    select
        handovers.source,
        handovers.handover_id,
        handovers.account_id,
        handovers.kind,
        handovers.from_name,
        coalesce(handovers.to_name, changes.to_name) as to_name,
        handovers.changed_on,
        coalesce(handovers.state = 'closed' and handovers.closed_on <= as_of, false) as is_closed,
        handovers.closed_on,
        coalesce(settled.settled_count, 0) as settled_count,
        handovers.item_count,
        handovers.lessons,
        handovers.version
    from managers.handovers
    left join changes on changes.source = handovers.source
    left join settled on settled.handover_id = handovers.handover_id
    where handovers.changed_on <= as_of or starts_with(handovers.source, 'import:')
),
due as (
    select changes.*
    from changes
    join programme.roster(as_of) as roster on roster.account_id = changes.account_id
    join programme.roster_decisions as admissions on admissions.decision_id = roster.decision_id
    where (changes.changed_on >= roster.admitted_on or changes.kind = 'manager')
        and coalesce(changes.changed_at >= admissions.decided_at, true)
        and changes.source not in (select source from managers.handovers)
),
together as (
    select * from opened
    union all
    select source, null, account_id, kind, from_name, to_name, changed_on, false, null, null, null, null, null
    from due
)
select
    together.source,
    together.handover_id,
    together.account_id,
    coalesce(accounts.name, together.account_id) as name,
    together.kind,
    together.from_name,
    together.to_name,
    together.changed_on,
    case when together.is_closed then 'closed' when together.to_name is null then 'vacant' else 'open' end
        as handover_state,
    case when together.is_closed then together.closed_on end as closed_on,
    greatest(
        0, date_diff('day', together.changed_on, case when together.is_closed then together.closed_on else as_of end)
    ) as days_taken,
    together.settled_count,
    together.item_count,
    case when together.is_closed then together.lessons end as lessons,
    together.version
from together
left join ledgers.accounts on accounts.account_id = together.account_id;
