-- plans.contract_notices(as_of DATE)
-- One row: a contract of the ledger that began up to as_of, with the last day to give notice.
-- Columns:
--   contract_id     the contract
--   account_id      its account
--   name            the account's name; its id where the account master no longer has it
--   owner           its account manager, as in the master
--   is_key_account  true where the account is in the programme on as_of
--   contract        the contract's name
--   start_date      when it began
--   end_date        when it ends; null for one without an end
--   annual_value    value a year, reporting currency; null where unknown
--   notice_days     days of notice; null where unknown
--   auto_renews     true where it renews itself unless notice is given; null where unknown
--   notice_on       end_date − notice_days: the last day to give notice; null where either is unknown
--   days_to_notice  notice_on − as_of, days; below 0 when it has passed
--   notice_state    ended (end_date before as_of, does not renew itself), renewed (end_date before as_of, renews itself: ask for
--                   the new end), passed (too late for notice before end_date), soon (within plans.notice_soon_days),
--                   current, open_ended (no end), unknown (no notice period on record)
create or replace macro plans.contract_notices(as_of DATE) as table
with soon as (
    select max(value) filter (where parameter_id = 'plans.notice_soon_days')::integer as soon_days
    from parameters.effective(as_of)
),
dated as (
    select *, end_date - notice_days as notice_on
    from ledgers.contracts
    where start_date <= as_of
)
select
    dated.contract_id,
    dated.account_id,
    coalesce(accounts.name, dated.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    dated.name as contract,
    dated.start_date,
    dated.end_date,
    dated.annual_value,
    dated.notice_days,
    dated.auto_renews,
    dated.notice_on,
    date_diff('day', as_of, dated.notice_on)::integer as days_to_notice,
    case
        when dated.end_date is null then 'open_ended'
        when dated.end_date < as_of then case when dated.auto_renews then 'renewed' else 'ended' end
        when dated.notice_on is null then 'unknown'
        when dated.notice_on < as_of then 'passed'
        when date_diff('day', as_of, dated.notice_on) <= soon.soon_days then 'soon'
        else 'current'
    end as notice_state
from dated
cross join soon
left join programme.roster(as_of) as roster on roster.account_id = dated.account_id
left join ledgers.accounts on accounts.account_id = dated.account_id;
