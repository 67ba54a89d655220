-- relationships.survey_summary(as_of DATE, of_account VARCHAR)
-- One row: an attribute of the survey, over the people of the account who answered in 24 months up to as_of.
-- Columns:
--   attribute         what was asked about
--   importance        mean over the people, 0 to 100; null where nobody answered
--   performance       mean over the people, 0 to 100; null where nobody answered
--   gap               performance − importance, points; below 0 we do less well than it matters
--   respondent_count  people who answered
--   answered_on       the latest answer
create or replace macro relationships.survey_summary(as_of DATE, of_account VARCHAR) as table
select
    attribute,
    avg(importance) as importance,
    avg(performance) as performance,
    avg(performance) - avg(importance) as gap,
    count(*) as respondent_count,
    max(answered_on) as answered_on
from relationships.survey_marks(as_of, of_account)
group by attribute;
