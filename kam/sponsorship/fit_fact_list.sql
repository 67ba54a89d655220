-- sponsorship.fit_fact_list(as_of DATE)
-- One row: the latest note up to as_of of what the fit reads: an account's agenda, or what a pairing would develop.
-- Columns:
--   fact_id         the note
--   kind            agenda or development
--   account_id      the account
--   account_name    its name; the id where it is no longer on record
--   executive_id    our executive, of development alone
--   executive_name  name; the id where the executive is no longer on record
--   functions       the functions on the customer's agenda; null for development, empty where it was taken back
--   points          0-10 of development; null for agenda, or where it was taken back
--   noted_on        the day
--   source          who said so, or where it stands
create or replace macro sponsorship.fit_fact_list(as_of DATE) as table
with latest as (
    select *
    from sponsorship.fit_facts
    where noted_on <= as_of
    qualify row_number() over (partition by kind, account_id, executive_id order by noted_on desc, fact_id desc) = 1
)
select
    latest.fact_id,
    latest.kind,
    latest.account_id,
    coalesce(accounts.name, latest.account_id) as account_name,
    latest.executive_id,
    coalesce(executives.name, latest.executive_id) as executive_name,
    latest.functions,
    latest.points,
    latest.noted_on,
    latest.source
from latest
left join ledgers.accounts on accounts.account_id = latest.account_id
left join ledgers.executives on executives.executive_id = latest.executive_id;
