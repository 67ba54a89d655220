-- benchmarking.survey_answers(as_of DATE)
-- One row: what one person of a customer said about one attribute, the latest answer of benchmarking.priorities_months
-- months up to as_of.
-- Columns:
--   account_id      the customer
--   name            its name; its id where the account master no longer has it
--   owner           its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   contact_id      who answered; null where the survey does not say
--   respondent      that person's name; the id where no contact is on record; null where the survey does not say
--   role            the person's role; null where unknown
--   attribute       what was asked about, trimmed
--   importance      how much it matters, as marked; null where not answered
--   performance     how well we do, as marked; null where not answered
--   scale_points    points of the scale of both marks, 1 to scale_points
--   answered_on     the day
-- Answers that name nobody count each, those of the account's latest day: nobody knows which of them are one person's.
create or replace macro benchmarking.survey_answers(as_of DATE) as table
with rules as (
    select max(value) filter (where parameter_id = 'benchmarking.priorities_months')::integer as months
    from parameters.effective(as_of)
),
counted as (
    select survey_responses.*, lower(trim(attribute)) as asked
    from ledgers.survey_responses
    cross join rules
    where answered_on <= as_of and answered_on > as_of - to_months(rules.months)
        and (importance is not null or performance is not null)
    qualify case
        when contact_id is null
            then rank() over (partition by account_id, contact_id, asked order by answered_on desc) = 1
        else row_number() over (partition by account_id, contact_id, asked order by answered_on desc, importance, performance) = 1
    end
)
select
    counted.account_id,
    coalesce(accounts.name, counted.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    counted.contact_id,
    coalesce(contacts.name, counted.contact_id) as respondent,
    contacts.role,
    trim(counted.attribute) as attribute,
    counted.importance,
    counted.performance,
    counted.scale_points,
    counted.answered_on
from counted
left join ledgers.accounts on accounts.account_id = counted.account_id
left join ledgers.contacts on contacts.contact_id = counted.contact_id
left join programme.roster(as_of) as roster on roster.account_id = counted.account_id;
