-- portfolio.cadences(as_of DATE)
-- One row: a grade with how often its accounts are followed up.
-- Columns:
--   grade         A to E
--   cadence_days  working days from one contact to the next, count (portfolio.cadence_days_…)
--   per_week      follow-ups that an account of this grade asks for in a working week, 5 / cadence_days
create or replace macro portfolio.cadences(as_of DATE) as table
select
    upper(replace(parameter_id, 'portfolio.cadence_days_', '')) as grade,
    cast(value as integer) as cadence_days,
    5 / value as per_week
from parameters.effective(as_of)
where starts_with(parameter_id, 'portfolio.cadence_days_');
