-- sponsorship.touches(as_of DATE)
-- One row: an account × a day up to as_of × a kind on which our executives were in touch with it.
-- Columns:
--   account_id    the account
--   touched_on    the day
--   kind          visit (face to face), call, plan_review
--   executive_id  which executive; the first by id where several; null where the record names none of ours
-- Rests on: interactions of kind executive_visit; calls whose `by` names an executive; appointments that were held. A
-- visit that stands in both counts once.
create or replace macro sponsorship.touches(as_of DATE) as table
with touched as (
    select
        interactions.account_id,
        interactions.occurred_on as touched_on,
        case when interactions.kind = 'executive_visit' then 'visit' else 'call' end as kind,
        executive_names.executive_id
    from relationships.dealings(as_of) as interactions
    left join sponsorship.executive_names on executive_names.called = lower(trim(interactions."by"))
    where interactions.occurred_on <= as_of
        and (
            interactions.kind = 'executive_visit'
            or (interactions.kind = 'call' and executive_names.executive_id is not null)
        )
    union all
    select account_id, held_on, kind, executive_id
    from sponsorship.appointments
    where state = 'held' and held_on <= as_of
)
select account_id, touched_on, kind, min(executive_id) as executive_id
from touched
group by account_id, touched_on, kind;
