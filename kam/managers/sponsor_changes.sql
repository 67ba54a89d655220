-- managers.sponsor_changes
-- One row: a change of an account's executive sponsor, as the decisions of sponsorship say.
-- Columns:
--   source      sponsor:<decision that relieved>, names the change
--   account_id  the account
--   changed_on  day of the relief
--   from_name   who was relieved; the id where the executive is no longer on record
--   to_name     who was assigned next; null while nobody is
--   filled_on   since when that one; null while nobody is
-- Left out: a first sponsor (nobody hands over), and a relief after which the same executive came back.
create or replace view managers.sponsor_changes as
with ordered as (
    select
        decision_id,
        account_id,
        executive_id,
        decision,
        decided_on,
        lead(executive_id) over of_the_account as next_executive_id,
        lead(decided_on) over of_the_account as next_decided_on
    from sponsorship.decisions
    where decision in ('assigned', 'relieved')
    window of_the_account as (partition by account_id order by decided_on, decision_id)
)
select
    'sponsor:' || ordered.decision_id as source,
    ordered.account_id,
    ordered.decided_on as changed_on,
    coalesce(before.name, ordered.executive_id) as from_name,
    coalesce(after.name, ordered.next_executive_id) as to_name,
    ordered.next_decided_on as filled_on
from ordered
left join ledgers.executives as before on before.executive_id = ordered.executive_id
left join ledgers.executives as after on after.executive_id = ordered.next_executive_id
where ordered.decision = 'relieved'
    and ordered.next_executive_id is distinct from ordered.executive_id;
