-- quality.account_gaps(as_of DATE)
-- One row: a key account, or an account with a purchase in the 12 months up to as_of, with what the facts lack about it.
-- Windows: (as_of − 12 months, as_of].
-- Columns:
--   account_id         the account
--   name               its name
--   owner              its account manager, as in the master
--   is_key_account     true where it is in the programme on as_of
--   revenue_12m        net revenue of the window, reporting currency
--   uncosted_share     share of that revenue whose product cost is unknown, 0..1; null where revenue is 0 or less
--   lacks_cost         true where a line of the window has no product cost
--   lacks_activities   true without an activity in the window: its cost to serve rests on orders alone
--   lacks_contacts     true without a contact
--   lacks_interactions  true without an interaction in the window
--   lacks_manager      true without an account manager
--   lacks_segment      true without industry or region
--   lacks_terms        true without payment terms
--   gap_count          how many of these it lacks
create or replace macro quality.account_gaps(as_of DATE) as table
with months as (
    select account_id, sum(net_revenue) as net_revenue, sum(uncosted_revenue) as uncosted_revenue,
        sum(uncosted_line_count) as uncosted_line_count
    from ledgers.months_between(
        cast(as_of - interval 12 month + interval 1 day as date), cast(as_of + interval 1 day as date)
    )
    group by account_id
),
worked as (
    select distinct account_id from ledgers.activities
    where occurred_on > as_of - interval 12 month and occurred_on <= as_of
),
met as (
    select distinct account_id from ledgers.interactions
    where occurred_on > as_of - interval 12 month and occurred_on <= as_of
),
known as (
    select distinct account_id from ledgers.contacts
),
found as (
    select
        accounts.account_id,
        accounts.name,
        accounts.owner,
        roster.account_id is not null as is_key_account,
        months.net_revenue as revenue_12m,
        case when months.net_revenue > 0
            then months.uncosted_revenue::double / months.net_revenue::double end as uncosted_share,
        coalesce(months.uncosted_line_count, 0) > 0 as lacks_cost,
        worked.account_id is null as lacks_activities,
        known.account_id is null as lacks_contacts,
        met.account_id is null as lacks_interactions,
        accounts.owner is null as lacks_manager,
        accounts.industry is null or accounts.region is null as lacks_segment,
        accounts.payment_terms_days is null as lacks_terms
    from ledgers.accounts
    left join months on months.account_id = accounts.account_id
    left join programme.roster(as_of) as roster on roster.account_id = accounts.account_id
    left join worked on worked.account_id = accounts.account_id
    left join known on known.account_id = accounts.account_id
    left join met on met.account_id = accounts.account_id
    where months.account_id is not null or roster.account_id is not null
)
select
    *,
    lacks_cost::integer + lacks_activities::integer + lacks_contacts::integer + lacks_interactions::integer
    + lacks_manager::integer + lacks_segment::integer + lacks_terms::integer as gap_count
from found;
