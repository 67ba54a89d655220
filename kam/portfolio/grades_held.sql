-- portfolio.grades_held(as_of DATE)
-- One row: an account with the grade that it has on as_of.
-- Columns:
--   account_id  the account
--   grade       A to E: expected to close within a month, three months, half a year, later or latent, none
--   deal_state  none, prospect, customer or former; null where nobody said
--   importance  high, medium or low; null where nobody said
--   urgency     urgent, normal or can_wait; null where nobody said
--   need        recognised, latent or none; null where nobody said
--   reason      why, as written with the latest record
--   graded_on   day of the latest record
--   graded_by   who wrote it
--   since       since when it has this grade without a break
create or replace macro portfolio.grades_held(as_of DATE) as table
with told as (
    select
        *,
        lag(grade) over (partition by account_id order by graded_on, grade_id) as grade_before
    from portfolio.grades
    where graded_on <= as_of
),
began as (
    select account_id, max(graded_on) as since
    from told
    where grade_before is distinct from grade
    group by account_id
)
select
    told.account_id,
    told.grade,
    told.deal_state,
    told.importance,
    told.urgency,
    told.need,
    told.reason,
    told.graded_on,
    told.graded_by,
    began.since
from told
join began on began.account_id = told.account_id
qualify row_number() over (partition by told.account_id order by told.graded_on desc, told.grade_id desc) = 1;
