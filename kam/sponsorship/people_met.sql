-- sponsorship.people_met(as_of DATE)
-- One row: a key account × one of the customer's people whom its sponsor met in (as_of − sponsorship.habit_months, as_of].
-- Columns:
--   account_id    the key account
--   executive_id  its sponsor on as_of
--   contact_id    the customer's contact
--   name          name
--   title         title; null where unknown
--   role          role; null where unknown
-- Rests on: the people of appointments that were held, and the contact of executive visits by the sponsor.
create or replace macro sponsorship.people_met(as_of DATE) as table
with span as (
    select as_of - to_months(months) as after_on
    from (
        select coalesce(max(value), 24)::integer as months
        from parameters.effective(as_of)
        where parameter_id = 'sponsorship.habit_months'
    )
),
met as (
    select account_id, executive_id, unnest(person_ids) as contact_id
    from sponsorship.appointments
    cross join span
    where state = 'held' and held_on <= as_of and held_on > after_on
    union
    select interactions.account_id, executive_names.executive_id, interactions.contact_id
    from relationships.dealings(as_of) as interactions
    cross join span
    join sponsorship.executive_names on executive_names.called = lower(trim(interactions."by"))
    where interactions.kind = 'executive_visit'
        and interactions.contact_id is not null
        and interactions.occurred_on <= as_of
        and interactions.occurred_on > after_on
)
select met.account_id, met.executive_id, met.contact_id, contacts.name, contacts.title, contacts.role
from met
join sponsorship.standing(as_of) as standing
    on standing.account_id = met.account_id and standing.executive_id = met.executive_id and standing.is_active
join ledgers.contacts on contacts.contact_id = met.contact_id;
