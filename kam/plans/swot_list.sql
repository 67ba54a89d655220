-- plans.swot_list(as_of DATE)
-- One row: a strength, weakness, opportunity or threat that a plan held up to as_of.
-- Columns:
--   swot_id       the item
--   plan_id       its plan
--   account_id    the plan's account
--   kind          strength, weakness, opportunity, threat
--   item          in words
--   is_shown      true where it stands in the customer's copy
--   is_open       true while it is neither settled nor dropped on as_of
--   item_state    open, settled, dropped on as_of
--   action_count  actions that came out of it
--   outcome       what came of it; empty while open
--   version       of the record, for changing it
create or replace macro plans.swot_list(as_of DATE) as table
with born as (
    select swot_id, count(*) as action_count
    from plans.actions
    where recorded_on <= as_of and swot_id is not null
    group by swot_id
)
select
    items.swot_id,
    items.plan_id,
    plans.account_id,
    items.kind,
    items.item,
    items.is_shown,
    items.state = 'open' or items.closed_on > as_of as is_open,
    case when items.closed_on > as_of then 'open' else items.state end as item_state,
    coalesce(born.action_count, 0) as action_count,
    case when items.closed_on <= as_of then items.outcome else '' end as outcome,
    items.version
from plans.swot_items as items
join plans.plans on plans.plan_id = items.plan_id
left join born on born.swot_id = items.swot_id
where items.recorded_on <= as_of;
