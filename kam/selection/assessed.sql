-- selection.assessed(as_of DATE)
-- One row: an account of which anything was assessed up to as_of, with what of it counts on that day. A group is
-- assessed as a whole, by the assessments of its topmost account.
-- Columns:
--   account_id               the account
--   addressable_spend_3y     as in the catalogue of measures, reporting currency; null where nothing counts on as_of
--   share_of_wallet          as in the catalogue of measures, share; null where nothing counts on as_of
--   strategic_fit            as in the catalogue of measures, points; null where nothing counts on as_of
--   openness_to_partnership  as in the catalogue of measures, points; null where nothing counts on as_of
--   financial_stability      as in the catalogue of measures, points; null where nothing counts on as_of
--   reference_value          as in the catalogue of measures, points; null where nothing counts on as_of
--   learning_value           as in the catalogue of measures, points; null where nothing counts on as_of
--   innovation_value         as in the catalogue of measures, points; null where nothing counts on as_of
--   relative_strength        as in the catalogue of measures, points; null where nothing counts on as_of
create or replace macro selection.assessed(as_of DATE) as table
select
    account_id,
    max(value) filter (measure = 'addressable_spend_3y') as addressable_spend_3y,
    max(value) filter (measure = 'share_of_wallet') as share_of_wallet,
    max(value) filter (measure = 'strategic_fit') as strategic_fit,
    max(value) filter (measure = 'openness_to_partnership') as openness_to_partnership,
    max(value) filter (measure = 'financial_stability') as financial_stability,
    max(value) filter (measure = 'reference_value') as reference_value,
    max(value) filter (measure = 'learning_value') as learning_value,
    max(value) filter (measure = 'innovation_value') as innovation_value,
    max(value) filter (measure = 'relative_strength') as relative_strength
from selection.assessment_states(as_of)
group by account_id;
