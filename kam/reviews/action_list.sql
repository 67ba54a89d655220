-- reviews.action_list(as_of DATE)
-- One row: an action agreed in a review that was held up to as_of.
-- Columns:
--   action_id     the action
--   review_id     the review in which it was agreed
--   account_id    the account
--   name          the account's name; its id where the account master no longer has it
--   action        what was agreed
--   owner         who does it
--   due_on        until when
--   agreed_on     day of the review
--   is_open       true while it is neither done nor dropped on as_of
--   closed_on     when it was done or dropped; null while open on as_of
--   action_state  on as_of: overdue (due before as_of), due_soon (within reviews.due_soon_days), open, done, dropped
--   version       of the record, for changing it
create or replace macro reviews.action_list(as_of DATE) as table
with cadence as (
    select max(value) filter (where parameter_id = 'reviews.due_soon_days')::integer as due_soon_days
    from parameters.effective(as_of)
),
agreed as (
    select
        actions.*,
        held.held_on as agreed_on,
        actions.state = 'open' or actions.closed_on > as_of as is_open
    from reviews.actions
    join reviews.reviews as held on held.review_id = actions.review_id
    where held.state = 'held' and held.held_on <= as_of
)
select
    agreed.action_id,
    agreed.review_id,
    agreed.account_id,
    coalesce(accounts.name, agreed.account_id) as name,
    agreed.action,
    agreed.owner,
    agreed.due_on,
    agreed.agreed_on,
    agreed.is_open,
    case when not agreed.is_open then agreed.closed_on end as closed_on,
    case
        when not agreed.is_open then agreed.state
        when agreed.due_on < as_of then 'overdue'
        when date_diff('day', as_of, agreed.due_on) <= cadence.due_soon_days then 'due_soon'
        else 'open'
    end as action_state,
    agreed.version
from agreed
cross join cadence
left join ledgers.accounts on accounts.account_id = agreed.account_id;
