-- everyday.coming_dates(as_of DATE)
-- One row: a date to remember with an account, its next occurrence on as_of or after: those that people wrote down, and those that
-- the records hold (contracts that run, the day since when it is a customer).
-- Columns:
--   source          written, contract_end, notice (the last day on which a contract can be given notice), customer_since
--   record_id       the date, the contract or the account
--   account_id      the account
--   name            the account's name; its id where the account master no longer has it
--   owner           its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   kind            customer_event, holiday, anniversary, contract, other
--   what            in words of the record; null for the day since when it is a customer
--   falls_on        the next occurrence; a 29 February falls on the 28th in other years
--   days_left       falls_on − as_of, days
--   years           of a yearly one: how many years after the first; null for one that falls once
--   is_yearly       true where it comes back every year
--   remind_days     days before from which it is called to mind; of records: everyday.remind_days
--   date_state      due (within remind_days), ahead
--   note            what was noted; empty of records
--   version         of the record, for ending it; null of records
-- Left out: dates that fell once before as_of; what was ended up to as_of, or written down after it; contracts that begin after it.
create or replace macro everyday.coming_dates(as_of DATE) as table
with held as (
    select max(value) filter (where parameter_id = 'everyday.remind_days')::integer as remind_days
    from parameters.effective(as_of)
),
stated as (
    select
        'written' as source, date_id::varchar as record_id, account_id, kind, what, falls_on as first_on, is_yearly, remind_days, note,
        version
    from everyday.dates
    where recorded_on <= as_of and (ended_on is null or ended_on > as_of)
    union all
    select 'contract_end', contract_id, account_id, 'contract', name, end_date, false, held.remind_days, '', null
    from ledgers.contracts
    cross join held
    where start_date <= as_of and end_date is not null
    union all
    select
        'notice', contract_id, account_id, 'contract', name, cast(end_date - to_days(notice_days) as date), false, held.remind_days, '',
        null
    from ledgers.contracts
    cross join held
    where start_date <= as_of and end_date is not null and notice_days is not null
    union all
    select 'customer_since', account_id, account_id, 'anniversary', null, customer_since, true, held.remind_days, '', null
    from ledgers.accounts
    cross join held
    where customer_since < as_of
),
-- Counted from the first, so that a 29 February is one again in the next leap year.
counted as (
    select
        *,
        case
            when not is_yearly or first_on >= as_of then 0
            when cast(first_on + to_years(year(as_of) - year(first_on)) as date) >= as_of then year(as_of) - year(first_on)
            else year(as_of) - year(first_on) + 1
        end::integer as years_on
    from stated
),
coming as (
    select *, cast(first_on + to_years(years_on) as date) as falls_on
    from counted
)
select
    coming.source,
    coming.record_id,
    coming.account_id,
    coalesce(accounts.name, coming.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    coming.kind,
    coming.what,
    coming.falls_on,
    date_diff('day', as_of, coming.falls_on)::integer as days_left,
    case when coming.is_yearly then coming.years_on end as years,
    coming.is_yearly,
    coming.remind_days,
    case when date_diff('day', as_of, coming.falls_on) <= coming.remind_days then 'due' else 'ahead' end as date_state,
    coming.note,
    coming.version
from coming
left join ledgers.accounts on accounts.account_id = coming.account_id
left join programme.roster(as_of) as roster on roster.account_id = coming.account_id
where coming.falls_on >= as_of;
