-- everyday.found_actions(as_of DATE, sought VARCHAR)
-- One row: an action of a plan or a review, recorded up to as_of, whose words or owner hold what is sought.
-- Columns:
--   source        plan, review
--   action_id     the action, numbered within its source
--   account_id    the account
--   account_name  the account's name; its id where the account master no longer has it
--   action        what is done
--   owner         who does it
--   due_on        until when
--   action_state  on as_of, as in plans.action_list and reviews.action_list
--   is_open       true while it is to be done on as_of
--   nearness      0 open and its words begin with what is sought, 1 open, 2 ended
create or replace macro everyday.found_actions(as_of DATE, sought VARCHAR) as table
with listed as (
    select 'plan' as source, action_id, account_id, name, action, owner, due_on, action_state, is_open
    from plans.action_list(as_of)
    union all
    select 'review', action_id, account_id, name, action, owner, due_on, action_state, is_open
    from reviews.action_list(as_of)
)
select
    source,
    action_id,
    account_id,
    name as account_name,
    action,
    owner,
    due_on,
    action_state,
    is_open,
    case
        when is_open and starts_with(lower(strip_accents(action)), lower(strip_accents(sought))) then 0
        when is_open then 1
        else 2
    end as nearness
from listed
where contains(lower(strip_accents(action)), lower(strip_accents(sought)))
    or contains(lower(strip_accents(owner)), lower(strip_accents(sought)));
