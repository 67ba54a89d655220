-- sponsorship.executive_standing(as_of DATE)
-- One row: an executive about whom it was recorded that they left or came back, or the hours they give.
-- Columns:
--   executive_id  our executive
--   left_on       the day they left; null where they are with us
--   hours_given   hours a year that they give to their accounts; null where nothing is recorded
--   hours_from    from which day these hours hold
create or replace macro sponsorship.executive_standing(as_of DATE) as table
with presence as (
    select executive_id, case when decision = 'left' then decided_on end as left_on
    from sponsorship.executive_decisions
    where decided_on <= as_of and decision <> 'hours_given'
    qualify row_number() over (partition by executive_id order by decided_on desc, decision_id desc) = 1
),
given as (
    select executive_id, hours as hours_given, decided_on as hours_from
    from sponsorship.executive_decisions
    where decided_on <= as_of and decision = 'hours_given'
    qualify row_number() over (partition by executive_id order by decided_on desc, decision_id desc) = 1
)
select coalesce(presence.executive_id, given.executive_id) as executive_id, left_on, hours_given, hours_from
from presence
full join given on given.executive_id = presence.executive_id;
