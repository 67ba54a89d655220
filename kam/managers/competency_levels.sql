-- managers.competency_levels(as_of DATE)
-- One row: a competency of a manager who was rated in it.
-- Columns:
--   manager_id     the manager
--   competency     the competency
--   self_level     the manager's own latest rating, level; null without
--   other_count    others whose latest rating counts
--   others_median  the median of the others, level; null without
--   actual_level   others_median where at least managers.raters_at_least others rated; null otherwise: unknown
--   bias_levels    self_level − actual_level, levels: above 0 is rated higher by oneself; null where either is unknown
--   last_rated_on  the latest rating of anybody
create or replace macro managers.competency_levels(as_of DATE) as table
with rules as (
    select max(value) filter (where parameter_id = 'managers.raters_at_least') as raters_at_least
    from parameters.effective(as_of)
),
rated as (
    select
        manager_id,
        competency,
        max(level) filter (where rater_kind = 'self') as self_level,
        count(*) filter (where rater_kind <> 'self') as other_count,
        median(level) filter (where rater_kind <> 'self') as others_median,
        max(rated_on) as last_rated_on
    from managers.rating_list(as_of)
    group by manager_id, competency
)
select
    manager_id,
    competency,
    self_level,
    other_count,
    others_median,
    case when other_count >= raters_at_least then others_median end as actual_level,
    self_level - case when other_count >= raters_at_least then others_median end as bias_levels,
    last_rated_on
from rated
cross join rules;
