-- relationships.due_dates(as_of DATE, of_account VARCHAR)
-- One row: a dated thing that is to come for an account, or is late on as_of.
-- Columns:
--   due_on  the day
--   kind    review, action, promise, notice (a contract can be given notice until then), contract_end, executive_contact
--   what    the action, the promise or the contract in words; null for a review and an executive contact
--   who     who does it; null where nobody is named
--   is_late  due_on lies before as_of
-- Left out: promises that an import brought and that fell due more than 12 months before as_of; contracts that have ended.
create or replace macro relationships.due_dates(as_of DATE, of_account VARCHAR) as table
select due_on, kind, what, who, due_on < as_of as is_late
from (
    select due_on, 'review' as kind, null::varchar as what, null::varchar as who
    from reviews.calendar(as_of)
    where account_id = of_account
    union all
    select due_on, 'action', action, owner
    from reviews.action_list(as_of)
    where account_id = of_account and is_open
    union all
    select due_on, 'promise', promise, who
    from relationships.open_promises(as_of, of_account)
    where account_id = of_account
    union all
    select cast(end_date - to_days(notice_days) as date), 'notice', name, null
    from ledgers.contracts
    where account_id = of_account and start_date <= as_of and end_date >= as_of
        and notice_days is not null and end_date - to_days(notice_days) >= as_of
    union all
    select end_date, 'contract_end', name, null
    from ledgers.contracts
    where account_id = of_account and start_date <= as_of and end_date >= as_of
    union all
    select contact_due_on, 'executive_contact', null, executive_name
    from sponsorship.roster_sponsors(as_of)
    where account_id = of_account
) as dated
where due_on is not null;
