-- sponsorship.executive_contacts(as_of DATE, months INTEGER)
-- One row: an account × one of our executives who was in touch with it in (as_of − months, as_of].
-- Columns:
--   account_id       the account
--   executive_id     our executive: the id, name or address that the interaction's `by` names, whatever the case
--   contact_count    interactions of any kind
--   last_contact_on  the latest of them
-- Left out: interactions whose `by` names none of our executives.
create or replace macro sponsorship.executive_contacts(as_of DATE, months INTEGER) as table
select
    interactions.account_id,
    executive_names.executive_id,
    count(*) as contact_count,
    max(interactions.occurred_on) as last_contact_on
from relationships.dealings(as_of) as interactions
join sponsorship.executive_names on executive_names.called = lower(trim(interactions."by"))
where interactions.occurred_on <= as_of and interactions.occurred_on > as_of - to_months(months)
group by interactions.account_id, executive_names.executive_id;
