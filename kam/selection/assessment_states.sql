-- selection.assessment_states(as_of DATE)
-- One row: an account and an assessed measure with its latest assessment up to as_of (the last recorded of one day).
-- Relative strength comes with them, from the customer's critical success factors (selection.strength_states).
-- Columns:
--   account_id     the account
--   measure        an assessed measure of the catalogue
--   value          what counts on as_of, in the measure's unit; null where it is stale or a weighted score is unknown
--   stated         what was assessed, stale or not, in the measure's unit; null where a weighted score is unknown
--   state          known, stale (as_of is after stale_on), or incomplete (a weighted score is unknown)
--   assessed_on    day of the assessment
--   stale_on       the last day on which it counts
--   assessor       who judged
--   evidence       what it rests on
-- Left out: assessments dated after as_of, and earlier ones of the same account and measure.
create or replace macro selection.assessment_states(as_of DATE) as table
with latest as (
    select *
    from selection.assessments
    where assessed_on <= as_of
    qualify row_number() over (
        partition by account_id, measure order by assessed_on desc, assessment_id desc
    ) = 1
)
select
    account_id,
    measure,
    case when stale_on >= as_of then value end as value,
    value as stated,
    case when stale_on >= as_of then 'known' else 'stale' end as state,
    assessed_on,
    stale_on,
    assessor,
    evidence
from latest
union all
select
    account_id,
    'relative_strength',
    case when stale_on >= as_of then points end,
    points,
    case when stale_on < as_of then 'stale' when points is null then 'incomplete' else 'known' end,
    assessed_on,
    stale_on,
    assessor,
    concat(said_by, ': ', evidence)
from selection.strength_states(as_of);
