-- segments.rhythm(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group'), with how its silence compares to its own buying rhythm. A gap is
-- the number of days between two neighbouring purchase days; silence runs from the last purchase to as_of.
-- With 5 gaps or more the account's own rhythm decides: dormant where silence > max(95 % quantile of its gaps,
-- 2 × their median), slowing where silence > their 80 % quantile, else active (quantiles interpolated, type 7,
-- to 6 decimals).
-- With fewer, the parameter segments.dormant_after_days: dormant where silence is longer; else active with 2 to 4
-- gaps, unknown below. A contract that runs on as_of makes the account active. Never bought: unknown.
-- Columns:
--   account_id  the account, or the group's topmost account
--   gap_count  gaps between purchase days up to as_of, count
--   median_gap_days  median gap, days; null without a gap
--   slowing_after_days  silence beyond which it is slowing, days; null where its own rhythm does not decide
--   dormant_after_days  silence beyond which it is dormant, days
--   silence_days  as_of − last purchase, days; null without a purchase
--   activity_state  active, slowing, dormant or unknown
--   basis  what decided: own_rhythm, days (the parameter), contract, or no_purchase
-- Left out: seasons; a seasonal buyer is slowing each year until its season comes.
create or replace macro segments.rhythm(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
purchases as (
    select
        account_id,
        purchased_on,
        date_diff(
            'day', lag(purchased_on) over (partition by account_id order by purchased_on), purchased_on
        ) as gap_days
    from ledgers.purchase_days(as_of, level := level)
),
gaps as (
    select
        account_id,
        count(gap_days) as gap_count,
        round(percentile_cont(0.5) within group (order by gap_days), 6) as median_gap_days,
        round(percentile_cont(0.8) within group (order by gap_days), 6) as eighty_gap_days,
        round(percentile_cont(0.95) within group (order by gap_days), 6) as ninety_five_gap_days,
        max(purchased_on) as last_order_on
    from purchases
    group by account_id
),
contracted as (
    select distinct units.unit_id
    from ledgers.contracts as contract
    join units on units.account_id = contract.account_id
    where contract.start_date <= as_of and (contract.end_date is null or contract.end_date >= as_of)
),
limits as (
    select
        roster.unit_id,
        coalesce(gaps.gap_count, 0) as gap_count,
        gaps.median_gap_days,
        case when gaps.gap_count >= 5 then gaps.eighty_gap_days end as slowing_after_days,
        case
            when gaps.gap_count >= 5 then greatest(gaps.ninety_five_gap_days, 2 * gaps.median_gap_days)
            else threshold.value
        end as dormant_after_days,
        date_diff('day', gaps.last_order_on, as_of) as silence_days,
        contracted.unit_id is not null as has_contract
    from (select distinct unit_id from units) as roster
    left join gaps on gaps.account_id = roster.unit_id
    left join contracted on contracted.unit_id = roster.unit_id
    left join (
        select value from parameters.effective(as_of) where parameter_id = 'segments.dormant_after_days'
    ) as threshold on true
)
select
    unit_id as account_id,
    gap_count,
    median_gap_days,
    slowing_after_days,
    dormant_after_days,
    silence_days,
    case
        when has_contract then 'active'
        when silence_days is null or dormant_after_days is null then 'unknown'
        when silence_days > dormant_after_days then 'dormant'
        when silence_days > slowing_after_days then 'slowing'
        when gap_count >= 2 then 'active'
        else 'unknown'
    end as activity_state,
    case
        when has_contract then 'contract'
        when silence_days is null then 'no_purchase'
        when gap_count >= 5 then 'own_rhythm'
        else 'days'
    end as basis
from limits;
