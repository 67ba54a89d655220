-- relationships.survey_marks(as_of DATE, of_account VARCHAR)
-- One row: an attribute of the survey × a person of the account, the latest answer of 24 months up to as_of. Of answers
-- that name nobody each one stands: nobody knows which come from the same person.
-- Columns:
--   attribute    what was asked about
--   respondent   who answered; null where the survey does not say
--   role         the person's role; null where unknown
--   importance   how much it matters, 0 to 100; null where not answered
--   performance  how well we do, 0 to 100; null where not answered
--   answered_on  the day
-- Marks of any scale: (mark − 1) / (points of the scale − 1) × 100.
create or replace macro relationships.survey_marks(as_of DATE, of_account VARCHAR) as table
select
    survey_responses.attribute,
    people.name as respondent,
    people.role,
    (importance - 1) / (scale_points - 1) * 100 as importance,
    (performance - 1) / (scale_points - 1) * 100 as performance,
    answered_on
from ledgers.survey_responses
left join relationships.contacts(as_of, of_account) as people on people.contact_id = survey_responses.contact_id
where survey_responses.account_id = of_account and answered_on <= as_of and answered_on > as_of - interval 24 months
qualify survey_responses.contact_id is null or row_number() over (
    partition by survey_responses.contact_id, attribute order by answered_on desc
) = 1;
