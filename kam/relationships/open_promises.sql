-- relationships.open_promises(as_of DATE, of_account VARCHAR)
-- One row: something that we promised to an account and that is open on as_of.
-- of_account null: of every account.
-- Columns:
--   interaction_id  where it was promised
--   account_id      the account
--   due_on          until when; null where no day was agreed
--   promise         what was promised
--   who             who of ours promised it
-- Left out: promises that an import brought and that fell due more than 12 months before as_of: nobody settles them any more.
create or replace macro relationships.open_promises(as_of DATE, of_account VARCHAR) as table
select interaction_id, account_id, next_step_due as due_on, next_step as promise, "by" as who
from relationships.dealings(as_of)
where (of_account is null or account_id = of_account)
    and promise_state in ('open', 'overdue')
    and (is_captured or next_step_due > as_of - interval 12 months);
