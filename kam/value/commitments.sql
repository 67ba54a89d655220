-- value.commitments(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group', named by its topmost account) with what is agreed and in sight.
-- A contract is in force from its start_date to its end_date, both included; without an end it runs on. An opportunity
-- is open unless its stage says won, lost or closed; it counts where it is expected to close in (as_of, as_of + 12
-- months]. Contracts and opportunities are known as they stand today, also for a day gone by: a record that was closed
-- or deleted since is missing then.
-- Columns:
--   account_id             the account, or the group's topmost account
--   contract_value         annual value of the contracts in force, reporting currency; 0 without one; null where one
--       has no value, or no contract of anybody is on record
--   contract_months_left   complete months from as_of to the nearest end of a contract in force, months; null where
--       none in force has an end
--   weighted_pipeline_12m  amount × probability of the open opportunities, reporting currency; 0 without one; null where
--       one lacks amount, probability or day, or no opportunity of anybody is on record
-- Identity: sums over groups equal sums over accounts where none is unknown.
create or replace macro value.commitments(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
agreed as (
    select
        units.unit_id,
        case when count(contract.annual_value) = count(*) then sum(contract.annual_value) end as amount,
        min(contract.end_date) as ends_on
    from ledgers.contracts as contract
    join units on units.account_id = contract.account_id
    where contract.start_date <= as_of and (contract.end_date is null or contract.end_date >= as_of)
    group by units.unit_id
),
open_deals as (
    select units.unit_id, cast(deal.amount as decimal(20, 2)) * cast(deal.probability as decimal(9, 8)) as amount
    from ledgers.opportunities as deal
    join units on units.account_id = deal.account_id
    where not regexp_matches(lower(deal.stage), '(^|[^a-z])(won|lost|closed)($|[^a-z])')
        and (
            deal.expected_close is null
            or (deal.expected_close > as_of and deal.expected_close <= cast(as_of + interval 12 month as date))
        )
),
-- A deal without a day may or may not fall into the window.
undated as (
    select distinct units.unit_id
    from ledgers.opportunities as deal
    join units on units.account_id = deal.account_id
    where deal.expected_close is null
        and not regexp_matches(lower(deal.stage), '(^|[^a-z])(won|lost|closed)($|[^a-z])')
),
in_sight as (
    select
        open_deals.unit_id,
        case when count(open_deals.amount) = count(*) and count(undated.unit_id) = 0 then sum(open_deals.amount) end
            as amount
    from open_deals
    left join undated on undated.unit_id = open_deals.unit_id
    group by open_deals.unit_id
),
kept as (
    select
        (select count(*) from ledgers.contracts) > 0 as has_contracts,
        (select count(*) from ledgers.opportunities) > 0 as has_opportunities
)
select
    roster.unit_id as account_id,
    cast(
        case when agreed.unit_id is not null then agreed.amount when kept.has_contracts then 0 end as decimal(18, 2)
    ) as contract_value,
    date_sub('month', as_of, agreed.ends_on) as contract_months_left,
    cast(
        case when in_sight.unit_id is not null then in_sight.amount when kept.has_opportunities then 0 end
        as decimal(18, 2)
    ) as weighted_pipeline_12m
from (select distinct unit_id from units) as roster
cross join kept
left join agreed on agreed.unit_id = roster.unit_id
left join in_sight on in_sight.unit_id = roster.unit_id;
