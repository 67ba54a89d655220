-- relationships.contact_facts(as_of DATE, of_account VARCHAR)
-- One row: a fact about a contact of an account as it stands on as_of. What somebody of ours observed last counts
-- before what the import says. of_account null: of every account.
-- Columns:
--   account_id   the account
--   contact_id   the contact
--   attribute    name, title, email, phone, role, influence, attitude, reports_to, our_owner, strength, last_contact, left
--   value        as text; null where it was said to be unknown, or that there is none
--   status       confirmed, assumed, or imported where nobody of ours has said anything yet
--   observed_on  the day of the observation; null for what was imported
--   source       how it is known; null for what was imported
--   recorded_by  who wrote it down; null for what was imported
create or replace macro relationships.contact_facts(as_of DATE, of_account VARCHAR) as table
with imported as (
    unpivot (
        select
            account_id, contact_id, name, title, email, phone, role,
            influence::varchar as influence, attitude::varchar as attitude, reports_to
        from ledgers.contacts
        where of_account is null or account_id = of_account
    ) on name, title, email, phone, role, influence, attitude, reports_to into name attribute value value
),
stated as (
    select account_id, contact_id, attribute, value, 'imported' as status, null::date as observed_on,
        null::varchar as source, null::varchar as recorded_by, 0 as observation_id
    from imported
    union all
    select account_id, contact_id, 'name', name, 'confirmed', added_on, null, added_by, 0
    from relationships.added_contacts
    where added_on <= as_of and (of_account is null or account_id = of_account)
    union all
    select account_id, contact_id, attribute, value, status, observed_on, source, recorded_by, observation_id
    from relationships.contact_observations
    where observed_on <= as_of and (of_account is null or account_id = of_account)
)
select account_id, contact_id, attribute, value, status, observed_on, source, recorded_by
from stated
qualify row_number() over (
    partition by contact_id, attribute
    order by (observation_id > 0) desc, observed_on desc nulls last, observation_id desc
) = 1;
