-- reviews.round(as_of DATE)
-- One row: a key account on as_of whose review belongs to the round: the calendar quarter of as_of.
-- Columns:
--   account_id   the key account
--   name         its name
--   category     strategic, star, status, streamline; null where it has none
--   begins_on    first day of the quarter
--   ends_on      last day of the quarter
--   held_on      the latest review held in the quarter up to as_of; null where none was
--   rating       its rating; null where none was given or none was held
--   due_on       as in reviews.calendar
--   planned_on   as in reviews.calendar
--   round_state  held, overdue (due before as_of), planned (for a day within the quarter), open
-- Left out: accounts whose review is neither held in the quarter nor due nor planned up to its end.
create or replace macro reviews.round(as_of DATE) as table
with quarter as (
    select
        date_trunc('quarter', as_of)::date as begins_on,
        (date_trunc('quarter', as_of) + interval 3 months - interval 1 day)::date as ends_on
)
select
    calendar.account_id,
    calendar.name,
    calendar.category,
    quarter.begins_on,
    quarter.ends_on,
    case when calendar.last_held_on >= quarter.begins_on then calendar.last_held_on end as held_on,
    case when calendar.last_held_on >= quarter.begins_on then calendar.last_rating end as rating,
    calendar.due_on,
    calendar.planned_on,
    case
        when calendar.last_held_on >= quarter.begins_on then 'held'
        when calendar.due_on < as_of then 'overdue'
        when calendar.planned_on between as_of and quarter.ends_on then 'planned'
        else 'open'
    end as round_state
from reviews.calendar(as_of) as calendar
cross join quarter
where calendar.last_held_on >= quarter.begins_on or calendar.due_on <= quarter.ends_on or calendar.planned_on <= quarter.ends_on;
