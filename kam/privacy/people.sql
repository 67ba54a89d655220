-- privacy.people(as_of DATE, months DOUBLE)
-- One row: a contact of the ledger or one added by hand, with the last day anything is known of them.
-- Columns:
--   contact_id      the contact
--   account_id      their account
--   name            their name
--   email           e-mail; null where unknown
--   last_known_on   latest interaction with them, answer of theirs, or fact seen, up to as_of; null where there is none
--   is_overdue      nothing is known of them within the retention period of `months` before as_of; null where nothing
--       ever was, so that nobody can tell
-- Left out: people whose data were erased.
create or replace macro privacy.people(as_of DATE, months DOUBLE) as table
with known as (
    select contact_id, account_id, name, email from ledgers.contacts
    union all
    select contact_id, account_id, name, null from relationships.added_contacts
    where contact_id not in (select contact_id from ledgers.contacts)
),
seen as (
    select contact_id, occurred_on as seen_on from ledgers.interactions
    union all
    select contact_id, occurred_on from relationships.captured_interactions where not is_withdrawn
    union all
    select contact_id, answered_on from ledgers.survey_responses
    union all
    select contact_id, observed_on from relationships.contact_observations
),
latest as (
    select contact_id, max(seen_on) as last_known_on from seen
    where contact_id is not null and seen_on <= as_of
    group by contact_id
)
select
    known.contact_id,
    known.account_id,
    known.name,
    known.email,
    latest.last_known_on,
    latest.last_known_on < cast(as_of - to_months(cast(months as integer)) as date) as is_overdue
from known
left join latest on latest.contact_id = known.contact_id
where known.contact_id not in (select contact_id from privacy.erasures);
