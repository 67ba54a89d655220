-- relationships.threads(as_of DATE, of_account VARCHAR)
-- One row: a contact who is still there × a person of ours who was in touch with them in 12 months, or looks after them.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id       the account
--   contact_id       the contact
--   contact_name     the contact's name
--   our_person       who of ours, as the interactions' `by` or the contact's owner names them
--   touch_count_12m  interactions between the two in the window
--   last_contact_on  the latest of them; null where there is none in the window
--   strength         recorded for the contact's owner, else counted: no_contact, brief, several, in_depth
--   is_recorded      true where somebody of ours wrote the strength down
-- Left out: pairs that nothing is known of, which a matrix shows as no contact; interactions without `by` or contact.
create or replace macro relationships.threads(as_of DATE, of_account VARCHAR) as table
with held as (
    select
        max(value) filter (where parameter_id = 'relationships.strength_several_from')::integer as several_from,
        max(value) filter (where parameter_id = 'relationships.strength_in_depth_from')::integer as in_depth_from
    from parameters.effective(as_of)
),
people as (
    select * from relationships.contacts(as_of, of_account) where is_here
),
touches as (
    select
        contact_id,
        trim("by") as our_person,
        count(*) as touch_count_12m,
        max(occurred_on) as last_contact_on
    from relationships.dealings(as_of)
    where contact_id is not null and trim("by") <> ''
        and occurred_on > as_of - interval 12 months
        and (of_account is null or account_id = of_account)
    group by contact_id, trim("by")
),
pairs as (
    select contact_id, our_person from touches
    union
    select contact_id, our_owner from people where our_owner is not null
)
select
    people.account_id,
    people.contact_id,
    people.name as contact_name,
    pairs.our_person,
    coalesce(touches.touch_count_12m, 0) as touch_count_12m,
    touches.last_contact_on,
    case
        when people.strength_status in ('assumed', 'confirmed') and people.our_owner = pairs.our_person
            then people.strength
        when touches.touch_count_12m >= held.in_depth_from then 'in_depth'
        when touches.touch_count_12m >= held.several_from then 'several'
        when touches.touch_count_12m > 0 then 'brief'
        else 'no_contact'
    end as strength,
    people.strength_status in ('assumed', 'confirmed') and people.our_owner = pairs.our_person as is_recorded
from pairs
join people on people.contact_id = pairs.contact_id
left join touches on touches.contact_id = pairs.contact_id and touches.our_person = pairs.our_person
cross join held;
