-- value.action_list(as_of DATE)
-- One row: an action about an account that costs too much, decided up to as_of, with the effect seen since.
-- An effect is the measure of the 12 months to the day less that of the 12 months to decided_on, as it was seen then: what
-- changed against the same days a year before. In the first year, days_followed / 365 of a yearly effect can be seen.
-- Columns:
--   action_id  the action
--   account_id  the account
--   name  its name; its id where the master no longer has it
--   kind  fix_process, price_service, order_minimum, terms, renegotiate or exit
--   what  what is done, in words
--   owner  who does it
--   decided_on  day of the decision; the baseline is that of the 12 months to it
--   due_on  until when
--   measure  contribution or economic_profit: in which the effect shows
--   expected_amount  effect expected a year, reporting currency
--   baseline_amount  the measure of the 12 months to decided_on, frozen, reporting currency
--   now_amount  the measure of the 12 months to as_of, reporting currency; null where it is unknown
--   days_followed  days from decided_on to as_of, count
--   expected_so_far_amount  expected_amount × days_followed / 365, at most once, to the cent, reporting currency
--   seen_amount  now_amount − baseline_amount, reporting currency; null where the former is unknown
--   is_open  true while nobody has closed it up to as_of
--   action_state  on as_of: overdue, due_soon (within reviews.due_soon_days), open, or its outcome: worked, partly,
--       failed, dropped
--   closed_on  when it was closed; null while open on as_of
--   closed_amount  effect seen on that day, frozen, reporting currency; null while open
--   notes  what was said at closing; null while open
--   reason  why it was decided
--   decided_by  who decided it
create or replace macro value.action_list(as_of DATE) as table
with soon as (
    select cast(max(value) filter (where parameter_id = 'reviews.due_soon_days') as integer) as days
    from parameters.effective(as_of)
)
select
    action.action_id,
    action.account_id,
    coalesce(account.name, action.account_id) as name,
    action.kind,
    action.what,
    action.owner,
    action.decided_on,
    action.due_on,
    action.measure,
    action.expected_amount,
    action.baseline_amount,
    case action.measure
        when 'contribution' then stated.contribution_amount else stated.economic_profit_amount
    end as now_amount,
    cast(date_diff('day', action.decided_on, as_of) as bigint) as days_followed,
    cast(round(
        cast(action.expected_amount as double) * least(date_diff('day', action.decided_on, as_of), 365) / 365, 2
    ) as decimal(18, 2)) as expected_so_far_amount,
    cast(case action.measure
        when 'contribution' then stated.contribution_amount else stated.economic_profit_amount
    end - action.baseline_amount as decimal(18, 2)) as seen_amount,
    closure.action_id is null as is_open,
    case
        when closure.action_id is not null then closure.outcome
        when action.due_on < as_of then 'overdue'
        when date_diff('day', as_of, action.due_on) <= soon.days then 'due_soon'
        else 'open'
    end as action_state,
    closure.closed_on,
    closure.seen_amount as closed_amount,
    closure.notes,
    action.reason,
    action.decided_by
from value.actions as action
cross join soon
left join value.profit_and_loss(as_of) as stated on stated.account_id = action.account_id
left join ledgers.accounts as account on account.account_id = action.account_id
left join value.action_closures as closure on closure.action_id = action.action_id and closure.closed_on <= as_of
where action.decided_on <= as_of;
