-- plans.commitment_list(as_of DATE)
-- One row: a commitment to an account, recorded up to as_of, and whether it is kept.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   commitment_id     the commitment
--   account_id        to whom
--   name              the account's name; its id where the account master no longer has it
--   manager           its account manager, as in the master
--   is_key_account    true where it is in the programme on as_of
--   commitment        what we promised
--   practice_id       the practice of the template; null where it was made for this account
--   function          which function delivers (data/commitments.toml)
--   owner             who in it
--   begins_on         since when
--   due_on            until when; null for a standing one
--   is_standing       true where it has no due date
--   kpi               what it is measured by
--   unit              unit of the KPI
--   target_value      the KPI's target; null where none is set
--   last_value        the KPI at the last observation that gave one; null without
--   last_observed_on  day of the last observation; null before the first
--   last_evidence     what showed it; null before the first
--   kept_count_12m    observations that it was kept, count
--   broken_count_12m  observations that it was not, count
--   kept_share_12m    kept ÷ all observations, share; null without any
--   is_shown          true where it stands in the customer's copy
--   is_open           true while it was not ended on as_of
--   commitment_state  ended; else overdue (a dated one, due before as_of and never seen kept), broken or kept (by the last
--                     observation), due_soon (within plans.due_soon_days), not_observed
--   urgency           order in which to look: 1 overdue, 2 broken, 3 due soon, 4 not observed, 5 kept, 6 ended
--   outcome           what came of it; empty while open
--   version           of the record, for changing it
create or replace macro plans.commitment_list(as_of DATE) as table
with soon as (
    select max(value) filter (where parameter_id = 'plans.due_soon_days')::integer as soon_days
    from parameters.effective(as_of)
),
observed as (
    select
        commitment_id,
        arg_max(is_kept, (observed_on, recorded_at)) as is_kept,
        arg_max(evidence, (observed_on, recorded_at)) as last_evidence,
        arg_max(value, (observed_on, recorded_at)) filter (where value is not null) as last_value,
        max(observed_on) as last_observed_on,
        count(*) filter (where is_kept and observed_on > as_of - interval 12 months) as kept_count_12m,
        count(*) filter (where not is_kept and observed_on > as_of - interval 12 months) as broken_count_12m
    from plans.commitment_checks
    where observed_on <= as_of
    group by commitment_id
),
stated as (
    select
        commitments.commitment_id,
        commitments.account_id,
        coalesce(accounts.name, commitments.account_id) as name,
        accounts.owner as manager,
        roster.account_id is not null as is_key_account,
        commitments.commitment,
        commitments.practice_id,
        commitments.function,
        commitments.owner,
        commitments.begins_on,
        commitments.due_on,
        commitments.due_on is null as is_standing,
        commitments.kpi,
        commitments.unit,
        commitments.target_value,
        observed.last_value,
        observed.last_observed_on,
        observed.last_evidence,
        coalesce(observed.kept_count_12m, 0) as kept_count_12m,
        coalesce(observed.broken_count_12m, 0) as broken_count_12m,
        observed.kept_count_12m / nullif(observed.kept_count_12m + observed.broken_count_12m, 0) as kept_share_12m,
        commitments.is_shown,
        commitments.state = 'open' or commitments.closed_on > as_of as is_open,
        case
            when commitments.state = 'ended' and commitments.closed_on <= as_of then 'ended'
            when commitments.due_on < as_of and not coalesce(observed.is_kept, false) then 'overdue'
            when observed.is_kept then 'kept'
            when not observed.is_kept then 'broken'
            when date_diff('day', as_of, commitments.due_on) <= soon.soon_days then 'due_soon'
            else 'not_observed'
        end as commitment_state,
        case when commitments.closed_on <= as_of then commitments.outcome else '' end as outcome,
        commitments.version
    from plans.commitments
    cross join soon
    left join observed on observed.commitment_id = commitments.commitment_id
    left join programme.roster(as_of) as roster on roster.account_id = commitments.account_id
    left join ledgers.accounts on accounts.account_id = commitments.account_id
    where commitments.recorded_on <= as_of
)
select
    commitment_id,
    account_id,
    name,
    manager,
    is_key_account,
    commitment,
    practice_id,
    function,
    owner,
    begins_on,
    due_on,
    is_standing,
    kpi,
    unit,
    target_value,
    last_value,
    last_observed_on,
    last_evidence,
    kept_count_12m,
    broken_count_12m,
    kept_share_12m,
    is_shown,
    is_open,
    commitment_state,
    list_position(['overdue', 'broken', 'due_soon', 'not_observed', 'kept', 'ended'], commitment_state) as urgency,
    outcome,
    version
from stated;
