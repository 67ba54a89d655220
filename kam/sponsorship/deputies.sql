-- sponsorship.deputies(as_of DATE)
-- One row: an account with a deputy of its sponsor on as_of.
-- Columns:
--   account_id      the account
--   executive_id    the deputy
--   executive_name  name; the id where the executive is no longer on record
--   named_on        since when
--   reason          why
create or replace macro sponsorship.deputies(as_of DATE) as table
with latest as (
    select *
    from sponsorship.deputy_decisions
    where decided_on <= as_of
    qualify row_number() over (partition by account_id order by decided_on desc, decision_id desc) = 1
)
select
    latest.account_id,
    latest.executive_id,
    coalesce(executives.name, latest.executive_id) as executive_name,
    latest.decided_on as named_on,
    latest.reason
from latest
left join ledgers.executives on executives.executive_id = latest.executive_id
where latest.decision = 'named';
