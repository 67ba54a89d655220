-- portfolio.next_dates(as_of DATE)
-- One row: an account with the next dated thing that is to come for it.
-- Columns:
--   account_id    the account
--   next_date_on  the earliest day on or after as_of
--   next_date_is  review, action, promise, sponsor_promise, notice, contract_end, executive_contact or follow_up
--   late_count    dated things of these kinds whose day has passed, count
create or replace macro portfolio.next_dates(as_of DATE) as table
with dated as (
    select account_id, due_on, 'review' as kind from reviews.calendar(as_of)
    union all
    select account_id, due_on, 'action' from reviews.action_list(as_of) where is_open
    union all
    select account_id, due_on, case when follow_up_kind = 'cadence' then 'follow_up' else follow_up_kind end
    from portfolio.follow_ups(as_of, '')
    union all
    select account_id, cast(end_date - to_days(notice_days) as date), 'notice'
    from ledgers.contracts
    where start_date <= as_of and end_date >= as_of
        and notice_days is not null and end_date - to_days(notice_days) >= as_of
    union all
    select account_id, end_date, 'contract_end'
    from ledgers.contracts
    where start_date <= as_of and end_date >= as_of
    union all
    select account_id, contact_due_on, 'executive_contact' from sponsorship.roster_sponsors(as_of)
)
select
    account_id,
    min(due_on) filter (where due_on >= as_of) as next_date_on,
    arg_min(kind, due_on) filter (where due_on >= as_of) as next_date_is,
    count(*) filter (where due_on < as_of) as late_count
from dated
where due_on is not null
group by account_id;
