-- selection.strength_states(as_of DATE)
-- One row: an account with its latest strength assessment up to as_of: the customer's view of us against our best
-- competitor, from the critical success factors with the weights that the customer states (METHOD 1.3).
-- Columns:
--   strength_id    the assessment
--   account_id     the account
--   competitor     the best competitor
--   said_by        who at the customer stated weights and scores
--   evidence       what it rests on
--   assessor       who took it down
--   assessed_on    day of the assessment
--   stale_on       the last day on which it counts
--   factor_count   success factors, count
--   own_score      our weighted score, points 0..10; null where a weighted one is unknown
--   rival_score    the best competitor's weighted score, points 0..10; null likewise
--   points         5 + (own − rival) / 2 within 0..10, nine decimals, parity at 5; null where either is
-- Left out: assessments dated after as_of, and earlier ones of the same account.
create or replace macro selection.strength_states(as_of DATE) as table
with latest as (
    select *
    from selection.strength_assessments
    where assessed_on <= as_of
    qualify row_number() over (partition by account_id order by assessed_on desc, strength_id desc) = 1
),
weighed as (
    select
        latest.strength_id,
        count(*) as factor_count,
        case when count(*) filter (factors.customer_weight > 0 and factors.own_score is null) = 0
            then round(
                sum(factors.customer_weight * coalesce(factors.own_score, 0)) / sum(factors.customer_weight), 9
            ) end as own_score,
        case when count(*) filter (factors.customer_weight > 0 and factors.competitor_score is null) = 0
            then round(
                sum(factors.customer_weight * coalesce(factors.competitor_score, 0)) / sum(factors.customer_weight), 9
            ) end as rival_score
    from latest
    join selection.success_factors as factors on factors.strength_id = latest.strength_id
    group by latest.strength_id
)
select
    latest.strength_id,
    latest.account_id,
    latest.competitor,
    latest.said_by,
    latest.evidence,
    latest.assessor,
    latest.assessed_on,
    latest.stale_on,
    weighed.factor_count,
    weighed.own_score,
    weighed.rival_score,
    -- greatest() alone would make 0 of an unknown score.
    case when weighed.own_score is not null and weighed.rival_score is not null
        then least(greatest(round(5 + (weighed.own_score - weighed.rival_score) / 2, 9), 0), 10) end as points
from latest
join weighed on weighed.strength_id = latest.strength_id;
