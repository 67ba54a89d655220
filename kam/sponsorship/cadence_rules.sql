-- sponsorship.cadence_rules(as_of DATE)
-- One row: a category (or null, for key accounts without one) × a kind of contact, with how often it is due.
-- Columns:
--   category    strategic, star, status, streamline; null for accounts without a category
--   kind        visit, call, plan_review
--   per_year    how many a year (sponsorship.<kind>s_per_year_<category>); null where nothing is set. Without a category
--               365 / every_days, to one decimal
--   every_days  365 / per_year, whole days; null where none are due. Without a category, visits alone, every
--               sponsorship.contact_overdue_after_days
create or replace macro sponsorship.cadence_rules(as_of DATE) as table
with adopted as (
    select
        regexp_extract(parameter_id, '^sponsorship\.(visit|call|plan_review)s_per_year_(\w+)$', 2) as category,
        regexp_extract(parameter_id, '^sponsorship\.(visit|call|plan_review)s_per_year_(\w+)$', 1) as kind,
        value as per_year
    from parameters.effective(as_of)
    where parameter_id similar to 'sponsorship\.(visit|call|plan_review)s_per_year_\w+'
),
general as (
    select max(value) as overdue_after_days
    from parameters.effective(as_of)
    where parameter_id = 'sponsorship.contact_overdue_after_days'
)
select category, kind, per_year, case when per_year > 0 then round(365 / per_year)::integer end as every_days
from adopted
union all
select null, 'visit', round(365 / nullif(overdue_after_days, 0), 1), overdue_after_days::integer
from general;
