-- everyday.found_contacts(as_of DATE, sought VARCHAR)
-- One row: a contact whose name, title or email, as known on as_of, holds what is sought. What somebody of ours observed
-- last counts before what the import says, as in relationships.contact_facts.
-- Columns:
--   contact_id    the contact
--   account_id    the account
--   account_name  the account's name; its id where the account master no longer has it
--   name          the person
--   title         the person's title; null where unknown
--   left_on       since when the person is no longer there; null while they are
--   nearness      0 the name is what is sought, 1 the name begins with it, 2 it stands within, 3 in the title or email
create or replace macro everyday.found_contacts(as_of DATE, sought VARCHAR) as table
with observed as (
    select contact_id, attribute, value
    from relationships.contact_observations
    where observed_on <= as_of and attribute in ('name', 'title', 'email', 'left')
    qualify row_number() over (partition by contact_id, attribute order by observed_on desc, observation_id desc) = 1
),
-- One row a contact, so that what was said to be unknown stays told apart from what nobody spoke of.
stated as (
    select
        contact_id,
        max(value) filter (where attribute = 'name') as name,
        max(value) filter (where attribute = 'title') as title,
        bool_or(attribute = 'title') as is_title_stated,
        max(value) filter (where attribute = 'email') as email,
        bool_or(attribute = 'email') as is_email_stated,
        max(value) filter (where attribute = 'left') as left_on
    from observed
    group by contact_id
),
people as (
    select contact_id, account_id, name, title, email from ledgers.contacts
    union all
    select contact_id, account_id, name, null, null from relationships.added_contacts where added_on <= as_of
),
known as (
    select
        people.contact_id,
        people.account_id,
        coalesce(stated.name, people.name) as name,
        case when stated.is_title_stated then stated.title else people.title end as title,
        case when stated.is_email_stated then stated.email else people.email end as email,
        try_cast(stated.left_on as date) as left_on
    from people
    left join stated on stated.contact_id = people.contact_id
)
select
    known.contact_id,
    known.account_id,
    coalesce(accounts.name, known.account_id) as account_name,
    known.name,
    known.title,
    known.left_on,
    case
        when lower(strip_accents(known.name)) = lower(strip_accents(sought)) then 0
        when starts_with(lower(strip_accents(known.name)), lower(strip_accents(sought))) then 1
        when contains(lower(strip_accents(known.name)), lower(strip_accents(sought))) then 2
        else 3
    end as nearness
from known
left join ledgers.accounts on accounts.account_id = known.account_id
where contains(lower(strip_accents(known.name)), lower(strip_accents(sought)))
    or contains(lower(strip_accents(known.title)), lower(strip_accents(sought)))
    or contains(lower(known.email), lower(sought));
