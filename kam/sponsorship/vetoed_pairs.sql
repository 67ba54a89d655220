-- sponsorship.vetoed_pairs(as_of DATE)
-- One row: a key account on as_of × an executive who must not sponsor it × the veto that says so.
-- Columns:
--   account_id    the key account
--   executive_id  our executive
--   veto_id       the veto
--   kind          line_manager, quota_carrier, conflict_of_interest, customer_objection
--   declared_on   since when
--   declared_by   who declared it
--   reason        why
create or replace macro sponsorship.vetoed_pairs(as_of DATE) as table
select
    roster.account_id,
    vetoes.executive_id,
    vetoes.veto_id,
    vetoes.kind,
    vetoes.declared_on,
    vetoes.declared_by,
    vetoes.reason
from programme.roster(as_of) as roster
left join ledgers.accounts on accounts.account_id = roster.account_id
join sponsorship.vetoes(as_of) as vetoes
    on case
        when vetoes.account_id is not null then vetoes.account_id = roster.account_id
        when vetoes.owner is not null then lower(trim(vetoes.owner)) = lower(trim(accounts.owner))
        else true
    end;
