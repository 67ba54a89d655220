-- sponsorship.account_news(as_of DATE)
-- One row: a key account on as_of with what a visitor should know of the last weeks and the next.
-- Columns:
--   account_id             the key account
--   complaint_count        complaints in (as_of − sponsorship.brief_complaint_days, as_of], count
--   last_complaint_on      the latest of them; null without
--   last_complaint         what it was about; null without
--   last_dealing_on        latest dealing of any kind up to as_of, executive contacts with it; null without
--   contract_id            the running contract whose notice or end comes next; null without
--   contract_name          its name
--   contract_end_on        its last day
--   notice_by_on           the last day to give notice: end − notice_days; the end where no notice is agreed
--   auto_renews            true where it renews by itself; null where that is not known
--   late_promise_count     promises of our executives that are overdue on as_of, count
--   open_promise_count     promises that are open on as_of, the overdue ones with them, count
--   next_promise_due_on    the earliest day of an open promise; null without
--   next_promise           that promise; null without
create or replace macro sponsorship.account_news(as_of DATE) as table
with days as (
    select coalesce(max(value), 90)::integer as complaint_days
    from parameters.effective(as_of)
    where parameter_id = 'sponsorship.brief_complaint_days'
),
complaints as (
    select
        account_id,
        count(*) as complaint_count,
        max(occurred_on) as last_complaint_on,
        arg_max(summary, (occurred_on, interaction_id)) as last_complaint
    from relationships.dealings(as_of) as interactions
    cross join days
    where kind = 'complaint' and occurred_on <= as_of and occurred_on > as_of - days.complaint_days
    group by account_id
),
dealings as (
    select account_id, max(day) as last_dealing_on
    from (
        select account_id, occurred_on as day from relationships.dealings(as_of)
        union all
        select account_id, touched_on from sponsorship.touches(as_of)
    )
    group by account_id
),
running as (
    select
        account_id,
        contract_id,
        name,
        end_date,
        end_date - coalesce(notice_days, 0) as notice_by_on,
        auto_renews
    from ledgers.contracts
    where start_date <= as_of and end_date >= as_of
    qualify row_number() over (partition by account_id order by end_date - coalesce(notice_days, 0), contract_id) = 1
),
promised as (
    select
        account_id,
        count(*) filter (where promise_state = 'overdue') as late_promise_count,
        count(*) as open_promise_count,
        min(due_on) as next_promise_due_on,
        arg_min(promise, (due_on, promise_id)) as next_promise
    from sponsorship.promise_list(as_of)
    where closed_on is null
    group by account_id
)
select
    roster.account_id,
    coalesce(complaints.complaint_count, 0) as complaint_count,
    complaints.last_complaint_on,
    complaints.last_complaint,
    dealings.last_dealing_on,
    running.contract_id,
    running.name as contract_name,
    running.end_date as contract_end_on,
    running.notice_by_on,
    running.auto_renews,
    coalesce(promised.late_promise_count, 0) as late_promise_count,
    coalesce(promised.open_promise_count, 0) as open_promise_count,
    promised.next_promise_due_on,
    promised.next_promise
from programme.roster(as_of) as roster
left join complaints on complaints.account_id = roster.account_id
left join dealings on dealings.account_id = roster.account_id
left join running on running.account_id = roster.account_id
left join promised on promised.account_id = roster.account_id;
