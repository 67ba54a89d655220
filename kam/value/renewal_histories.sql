-- value.renewal_histories(as_of DATE)
-- One row: an account with a contract begun by as_of, and how its contracts were renewed so far. A contract's end is a
-- decision once it is renewed or lost: renewed where another contract of the account begins within the grace period
-- after it (parameter value.renewal_grace_days) and ends later; lost where none did and the grace period is over.
-- A contract that renews by itself and has no successor on record decides nothing.
-- Columns:
--   account_id  the account
--   decision_count  renewal decisions up to the first loss, that included, count
--   is_lost  true where the last of them was a loss
--   ends_on  the latest end of a running contract, date; null where none runs or it has no end
--   term_years  length of that contract in whole years, 1 or more; null without
create or replace macro value.renewal_histories(as_of DATE) as table
with grace as (
    select cast(value as integer) as days
    from parameters.effective(as_of)
    where parameter_id = 'value.renewal_grace_days'
),
begun as (
    select contract_id, account_id, start_date, end_date, coalesce(auto_renews, false) as auto_renews
    from ledgers.contracts
    where start_date <= as_of
),
judged as (
    select
        begun.account_id,
        begun.end_date,
        begun.auto_renews,
        exists (
            select 1
            from begun as later
            where later.account_id = begun.account_id
                and later.contract_id <> begun.contract_id
                and later.start_date > begun.start_date
                and later.start_date <= begun.end_date + to_days(grace.days)
                and (later.end_date is null or later.end_date > begun.end_date)
        ) as is_renewed,
        begun.end_date + to_days(grace.days) < as_of as is_over
    from begun
    cross join grace
    where begun.end_date is not null
),
decided as (
    select account_id, end_date, bool_or(is_renewed) as is_renewed
    from judged
    where is_renewed or (is_over and not auto_renews)
    group by account_id, end_date
),
losses as (
    select account_id, min(end_date) as lost_on
    from decided
    where not is_renewed
    group by account_id
),
counted as (
    select
        decided.account_id,
        count(*) as decision_count,
        bool_or(not decided.is_renewed) as is_lost
    from decided
    left join losses on losses.account_id = decided.account_id
    where losses.lost_on is null or decided.end_date <= losses.lost_on
    group by decided.account_id
),
running as (
    select
        account_id,
        max(end_date) as ends_on,
        greatest(1, cast(round(date_diff('day', arg_max(start_date, end_date), max(end_date)) / 365.25) as integer))
            as term_years
    from begun
    where end_date is not null and end_date >= as_of
    group by account_id
)
select
    accounts.account_id,
    coalesce(counted.decision_count, 0) as decision_count,
    coalesce(counted.is_lost, false) as is_lost,
    running.ends_on,
    running.term_years
from (select distinct account_id from begun) as accounts
left join counted on counted.account_id = accounts.account_id
left join running on running.account_id = accounts.account_id;
