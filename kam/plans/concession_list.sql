-- plans.concession_list(as_of DATE)
-- One row: a price concession or a non-price measure given to an account, recorded up to as_of.
-- Columns:
--   concession_id     the entry
--   account_id        to whom
--   name              the account's name; its id where the account master no longer has it
--   kind              price, non_price
--   concession        what was given
--   begins_on         since when
--   ends_on           until when; null without an end
--   cost_amount       cost a year, reporting currency; null where unknown
--   reason            why
--   given_by          who gave it
--   is_running        true where as_of lies in its time and it was not ended before
--   concession_state  coming, runs, ended on as_of
--   outcome           what came of it; empty while it runs
--   version           of the record, for changing it
create or replace macro plans.concession_list(as_of DATE) as table
with known as (
    select
        *,
        begins_on <= as_of and coalesce(ends_on >= as_of, true) and not coalesce(closed_on <= as_of, false) as is_running
    from plans.concessions
    where recorded_on <= as_of
)
select
    known.concession_id,
    known.account_id,
    coalesce(accounts.name, known.account_id) as name,
    known.kind,
    known.concession,
    known.begins_on,
    known.ends_on,
    known.cost_amount,
    known.reason,
    known.given_by,
    known.is_running,
    case when known.is_running then 'runs' when known.begins_on > as_of and known.closed_on is null then 'coming' else 'ended' end
        as concession_state,
    case when known.closed_on <= as_of then known.outcome else '' end as outcome,
    known.version
from known
left join ledgers.accounts on accounts.account_id = known.account_id;
