-- reviews.cadence_rules(as_of DATE)
-- One row: a category (or null, for key accounts without one) with how often its accounts are reviewed.
-- Columns:
--   category        strategic, star, status, streamline; null for accounts without a category
--   due_after_days  days from one review to the next: reviews.due_after_days_<category>, else reviews.due_after_days; null
--                   where neither is set
create or replace macro reviews.cadence_rules(as_of DATE) as table
with held as (
    select parameter_id, value from parameters.effective(as_of) where parameter_id like 'reviews.due_after_days%'
),
general as (
    select max(value) filter (where parameter_id = 'reviews.due_after_days') as due_after_days from held
)
select
    categories.category,
    coalesce(max(held.value), any_value(general.due_after_days))::integer as due_after_days
from (values ('strategic'), ('star'), ('status'), ('streamline')) as categories (category)
cross join general
left join held on held.parameter_id = 'reviews.due_after_days_' || categories.category
group by categories.category
union all
select null, due_after_days::integer from general;
