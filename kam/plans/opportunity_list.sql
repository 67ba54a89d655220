-- plans.opportunity_list(as_of DATE)
-- One row: an opportunity, imported or made in the workbench, with its stage by the adopted definitions.
-- Imported opportunities are facts as they stand now; those made here are read as they stood when last changed.
-- Columns:
--   opportunity_id      its id; W-1, W-2 … where it was made here
--   account_id          the account
--   account_name        its name; its id where the account master no longer has it
--   manager             the account's manager, as in the master
--   name                the opportunity
--   is_own              true where it was made here
--   stage               as in the ledger or as typed
--   stage_name          the adopted stage that this is; null where none is called so
--   position            that stage's place in the order; null where there is none
--   opportunity_state   open, won, lost: by the adopted stage, for an own one without such a stage as recorded; null for an
--                       imported one whose stage the adopted definitions do not know
--   is_open             true while it is open; null where that is unknown
--   amount              reporting currency; null where unknown
--   probability         its own, else the stage's, share; null where neither is known
--   is_own_probability  true where it is its own
--   weighted_amount     amount × probability, reporting currency; null where either is unknown
--   expected_close_on   when it should be decided; null where unknown
--   is_past_close       true while it is open after that day
--   owner               who works on it
--   category            product category; of the imported product where it names one
--   unit                which unit of the customer; empty where not said
--   stage_since         since when it is in this stage, as decided here or seen at a stock-taking; null where nobody wrote it
--   days_in_stage       as_of − stage_since, days
--   is_stuck            true while it is open and days_in_stage exceed plans.stage_stuck_after_days
--   outcome             what came of it; empty while open, null for an imported one
--   version             of an own record, for changing it; null for an imported one
create or replace macro plans.opportunity_list(as_of DATE) as table
with in_force as (
    select arg_max(stage_set_id, (valid_from, stage_set_id)) as stage_set_id
    from plans.stage_sets
    where valid_from <= as_of
),
defined as (
    select stages.* from plans.stages join in_force on in_force.stage_set_id = stages.stage_set_id
),
stuck as (
    select max(value) filter (where parameter_id = 'plans.stage_stuck_after_days') as after_days
    from parameters.effective(as_of)
),
moved as (
    select
        opportunity_id,
        arg_max(stage, (changed_on, recorded_at)) as stage,
        max(changed_on) as changed_on
    from plans.stage_changes
    where changed_on <= as_of
    group by opportunity_id
),
together as (
    select
        facts.opportunity_id,
        facts.account_id,
        facts.name,
        false as is_own,
        facts.stage,
        null::varchar as recorded_state,
        facts.amount,
        facts.probability,
        facts.expected_close as expected_close_on,
        facts.owner,
        coalesce(products.category, '') as category,
        '' as unit,
        null::varchar as outcome,
        null::integer as version
    from ledgers.opportunities as facts
    left join ledgers.products on products.product_id = facts.product_id
    union all
    select
        opportunity_id, account_id, name, true, stage, state, amount, probability_share, expected_close_on, owner, category,
        unit, outcome, version
    from plans.opportunities
    where recorded_on <= as_of
),
staged as (
    select
        together.*,
        defined.name as stage_name,
        defined.position,
        defined.probability as stage_probability,
        coalesce(defined.kind, together.recorded_state) as opportunity_state,
        case when lower(trim(moved.stage)) = lower(trim(together.stage)) then moved.changed_on end as stage_since
    from together
    left join defined on list_contains(defined.also_called, lower(trim(together.stage)))
    left join moved on moved.opportunity_id = together.opportunity_id
)
select
    staged.opportunity_id,
    staged.account_id,
    coalesce(accounts.name, staged.account_id) as account_name,
    accounts.owner as manager,
    staged.name,
    staged.is_own,
    staged.stage,
    staged.stage_name,
    staged.position,
    staged.opportunity_state,
    staged.opportunity_state = 'open' as is_open,
    staged.amount,
    coalesce(staged.probability, staged.stage_probability) as probability,
    staged.probability is not null as is_own_probability,
    (staged.amount * coalesce(staged.probability, staged.stage_probability))::decimal(18, 2) as weighted_amount,
    staged.expected_close_on,
    coalesce(staged.opportunity_state = 'open' and staged.expected_close_on < as_of, false) as is_past_close,
    staged.owner,
    staged.category,
    staged.unit,
    staged.stage_since,
    date_diff('day', staged.stage_since, as_of)::integer as days_in_stage,
    coalesce(
        staged.opportunity_state = 'open' and date_diff('day', staged.stage_since, as_of) > stuck.after_days, false
    ) as is_stuck,
    staged.outcome,
    staged.version
from staged
cross join stuck
left join ledgers.accounts on accounts.account_id = staged.account_id;
