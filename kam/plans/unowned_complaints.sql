-- plans.unowned_complaints(as_of DATE)
-- One row: a complaint that an import brought and that nobody has taken over, or called settled, up to as_of.
-- Columns:
--   interaction_id  the imported interaction
--   account_id      whose
--   name            the account's name; its id where the account master no longer has it
--   manager         its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   complaint       what the import says of it
--   heard_by        who of ours heard it, as the import says; null where it does not
--   received_on     the day
-- Left out: those received more than plans.imported_complaint_days before as_of; no import says what became of them.
create or replace macro plans.unowned_complaints(as_of DATE) as table
with held as (
    select coalesce(max(value), 0)::integer as days
    from parameters.effective(as_of)
    where parameter_id = 'plans.imported_complaint_days'
)
select
    told.interaction_id,
    told.account_id,
    coalesce(accounts.name, told.account_id) as name,
    accounts.owner as manager,
    roster.account_id is not null as is_key_account,
    told.summary as complaint,
    nullif(trim(told."by"), '') as heard_by,
    told.occurred_on as received_on
from ledgers.interactions as told
cross join held
anti join (
    select interaction_id as decided from plans.imported_complaints where decided_on <= as_of
) on decided = told.interaction_id
left join programme.roster(as_of) as roster on roster.account_id = told.account_id
left join ledgers.accounts on accounts.account_id = told.account_id
where told.kind = 'complaint' and told.occurred_on <= as_of and told.occurred_on >= as_of - held.days;
