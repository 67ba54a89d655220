-- selection.verdicts(as_of DATE, level VARCHAR, at_least DOUBLE[], at_most DOUBLE[], score_measure INTEGER[],
--     anchor_values DOUBLE[][], anchor_points DOUBLE[][], attractiveness_weight DOUBLE[], strength_weight DOUBLE[],
--     attractiveness_cut DOUBLE, strength_cut DOUBLE, near_miss_share DOUBLE)
-- One row: an account (level 'account') or a group (level 'group') judged by a criteria set on as_of, in one pass.
-- The gates come by measure: element i of at_least and at_most bounds measure i of the list below, null where no
-- gate does; dates as days since 1970-01-01. The scores come as parallel lists: the measure's number, its anchors
-- (measure values rising, points 0..10) and its weight on either axis, null on the other.
-- Measures by number: 1 revenue_12m, 2 revenue_24m, 3 revenue_growth_12m, 4 margin_12m, 5 margin_rate_12m,
-- 6 cost_to_serve_12m, 7 contribution_12m, 8 contribution_rate_12m, 9 orders_12m, 10 active_months_12m,
-- 11 return_share_12m, 12 last_order_on, 13 recency_days, 14 order_days, 15 product_count_12m, 16 lifetime_value.
-- Columns:
--   account_id           the account, or the root of the group
--   name                 its name
--   group_id             the root of its parent chain
--   industry             as the account master says
--   region               as the account master says
--   country              as the account master says
--   channel              as the account master says
--   owner                as the account master says
--   is_key_account       true where it is in the programme on as_of
--   roster_category      its category as decided; null outside the programme
--   admitted_on          since when it is in the programme
--   is_margin_estimated  true where margin rests on an assumed rate
--   revenue_12m          measure 1, reporting currency
--   revenue_24m          measure 2, reporting currency
--   revenue_growth_12m   measure 3, share
--   margin_12m           measure 4, reporting currency
--   margin_rate_12m      measure 5, share
--   cost_to_serve_12m    measure 6, reporting currency
--   contribution_12m     measure 7, reporting currency
--   contribution_rate_12m  measure 8, share
--   orders_12m           measure 9, orders
--   active_months_12m    measure 10, months
--   return_share_12m     measure 11, share
--   last_order_on        measure 12, date
--   recency_days         measure 13, days
--   order_days           measure 14, days
--   product_count_12m    measure 15, products
--   lifetime_value       measure 16, reporting currency
--   verdict              fail where a gate fails, else unknown where one is unknown, else pass
--   fail_mask            bit i − 1 is set where the gates of measure i fail
--   unknown_mask         bit i − 1 is set where measure i is unknown and gated
--   fail_count           measures whose gates fail
--   unknown_count        gated measures that are unknown
--   shortfall_share      the furthest miss of a failed gate, as a share of its threshold; null where none failed or
--                        the threshold is 0
--   is_near_miss         true where one measure alone fails, none is unknown, and it misses by near_miss_share at most
--   points               0..10 per score, in the order given; null where the measure is unknown
--   attractiveness_low   weighted points with 0 for every unknown score; null where the axis has no score
--   attractiveness_high  weighted points with 10 for every unknown score
--   strength_low         as attractiveness_low
--   strength_high        as attractiveness_high
--   category             strategic, star, status or streamline; null where a range crosses its cut
-- Points: linear between anchors, level outside them (METHOD 1.3). A score on a cut belongs to the higher cell.
-- Identity: verdict is pass exactly where fail_mask and unknown_mask are 0.
create or replace macro selection.verdicts(
    as_of DATE,
    level VARCHAR,
    at_least DOUBLE[],
    at_most DOUBLE[],
    score_measure INTEGER[],
    anchor_values DOUBLE[][],
    anchor_points DOUBLE[][],
    attractiveness_weight DOUBLE[],
    strength_weight DOUBLE[],
    attractiveness_cut DOUBLE,
    strength_cut DOUBLE,
    near_miss_share DOUBLE
) as table
with accounts as (
    select *, date_diff('day', date '1970-01-01', last_order_on)::double as last_order_day
    from programme.account_list(as_of, level := level)
),
measured as (
    select
        *,
        [
            revenue_12m::double,
            revenue_24m::double,
            revenue_growth_12m::double,
            margin_12m::double,
            margin_rate_12m::double,
            cost_to_serve_12m::double,
            contribution_12m::double,
            contribution_rate_12m::double,
            orders_12m::double,
            active_months_12m::double,
            return_share_12m::double,
            last_order_day,
            recency_days::double,
            order_days::double,
            product_count_12m::double,
            lifetime_value::double
        ] as measure_values,
        (
            (case when revenue_12m::double < at_least[1] or revenue_12m::double > at_most[1] then 1 else 0 end)
            | (case when revenue_24m::double < at_least[2] or revenue_24m::double > at_most[2] then 2 else 0 end)
            | (case when revenue_growth_12m::double < at_least[3] or revenue_growth_12m::double > at_most[3] then 4 else 0 end)
            | (case when margin_12m::double < at_least[4] or margin_12m::double > at_most[4] then 8 else 0 end)
            | (case when margin_rate_12m::double < at_least[5] or margin_rate_12m::double > at_most[5] then 16 else 0 end)
            | (case when cost_to_serve_12m::double < at_least[6] or cost_to_serve_12m::double > at_most[6] then 32 else 0 end)
            | (case when contribution_12m::double < at_least[7] or contribution_12m::double > at_most[7] then 64 else 0 end)
            | (case when contribution_rate_12m::double < at_least[8] or contribution_rate_12m::double > at_most[8] then 128 else 0 end)
            | (case when orders_12m::double < at_least[9] or orders_12m::double > at_most[9] then 256 else 0 end)
            | (case when active_months_12m::double < at_least[10] or active_months_12m::double > at_most[10] then 512 else 0 end)
            | (case when return_share_12m::double < at_least[11] or return_share_12m::double > at_most[11] then 1024 else 0 end)
            | (case when last_order_day < at_least[12] or last_order_day > at_most[12] then 2048 else 0 end)
            | (case when recency_days::double < at_least[13] or recency_days::double > at_most[13] then 4096 else 0 end)
            | (case when order_days::double < at_least[14] or order_days::double > at_most[14] then 8192 else 0 end)
            | (case when product_count_12m::double < at_least[15] or product_count_12m::double > at_most[15] then 16384 else 0 end)
            | (case when lifetime_value::double < at_least[16] or lifetime_value::double > at_most[16] then 32768 else 0 end)
        ) as fail_mask,
        (
            (case when revenue_12m is null and coalesce(at_least[1], at_most[1]) is not null then 1 else 0 end)
            | (case when revenue_24m is null and coalesce(at_least[2], at_most[2]) is not null then 2 else 0 end)
            | (case when revenue_growth_12m is null and coalesce(at_least[3], at_most[3]) is not null then 4 else 0 end)
            | (case when margin_12m is null and coalesce(at_least[4], at_most[4]) is not null then 8 else 0 end)
            | (case when margin_rate_12m is null and coalesce(at_least[5], at_most[5]) is not null then 16 else 0 end)
            | (case when cost_to_serve_12m is null and coalesce(at_least[6], at_most[6]) is not null then 32 else 0 end)
            | (case when contribution_12m is null and coalesce(at_least[7], at_most[7]) is not null then 64 else 0 end)
            | (case when contribution_rate_12m is null and coalesce(at_least[8], at_most[8]) is not null then 128 else 0 end)
            | (case when orders_12m is null and coalesce(at_least[9], at_most[9]) is not null then 256 else 0 end)
            | (case when active_months_12m is null and coalesce(at_least[10], at_most[10]) is not null then 512 else 0 end)
            | (case when return_share_12m is null and coalesce(at_least[11], at_most[11]) is not null then 1024 else 0 end)
            | (case when last_order_on is null and coalesce(at_least[12], at_most[12]) is not null then 2048 else 0 end)
            | (case when recency_days is null and coalesce(at_least[13], at_most[13]) is not null then 4096 else 0 end)
            | (case when order_days is null and coalesce(at_least[14], at_most[14]) is not null then 8192 else 0 end)
            | (case when product_count_12m is null and coalesce(at_least[15], at_most[15]) is not null then 16384 else 0 end)
            | (case when lifetime_value is null and coalesce(at_least[16], at_most[16]) is not null then 32768 else 0 end)
        ) as unknown_mask
    from accounts
),
scored as (
    select
        *,
        -- Nine decimals here and below: the last bits of a floating-point sum must not decide about a cut.
        list_transform(
            score_measure,
            lambda measure, k: case
                when measure_values[measure] is null then null
                else round(anchor_points[k][1] + list_sum(list_transform(
                    anchor_values[k][2:],
                    lambda upper, i:
                        (anchor_points[k][i + 1] - anchor_points[k][i])
                        * (least(greatest(measure_values[measure], anchor_values[k][i]), upper) - anchor_values[k][i])
                        / (upper - anchor_values[k][i])
                )), 9)
            end
        ) as points,
        list_max(list_transform(
            measure_values,
            lambda measured_value, i: case
                when measured_value < at_least[i] then (at_least[i] - measured_value) / nullif(abs(at_least[i]), 0)
                when measured_value > at_most[i] then (measured_value - at_most[i]) / nullif(abs(at_most[i]), 0)
            end
        )) as shortfall_share
    from measured
),
placed as (
    select
        *,
        round(list_sum(list_transform(points, lambda p, k: attractiveness_weight[k] * coalesce(p, 0))), 9)
            as attractiveness_low,
        round(list_sum(list_transform(points, lambda p, k: attractiveness_weight[k] * coalesce(p, 10))), 9)
            as attractiveness_high,
        round(list_sum(list_transform(points, lambda p, k: strength_weight[k] * coalesce(p, 0))), 9) as strength_low,
        round(list_sum(list_transform(points, lambda p, k: strength_weight[k] * coalesce(p, 10))), 9) as strength_high
    from scored
)
select
    account_id,
    name,
    group_id,
    industry,
    region,
    country,
    channel,
    owner,
    is_key_account,
    category as roster_category,
    admitted_on,
    is_margin_estimated,
    revenue_12m,
    revenue_24m,
    revenue_growth_12m,
    margin_12m,
    margin_rate_12m,
    cost_to_serve_12m,
    contribution_12m,
    contribution_rate_12m,
    orders_12m,
    active_months_12m,
    return_share_12m,
    last_order_on,
    recency_days,
    order_days,
    product_count_12m,
    lifetime_value,
    case when fail_mask <> 0 then 'fail' when unknown_mask <> 0 then 'unknown' else 'pass' end as verdict,
    fail_mask,
    unknown_mask,
    bit_count(fail_mask) as fail_count,
    bit_count(unknown_mask) as unknown_count,
    shortfall_share,
    bit_count(fail_mask) = 1 and unknown_mask = 0 and coalesce(shortfall_share <= near_miss_share, false) as is_near_miss,
    points,
    attractiveness_low,
    attractiveness_high,
    strength_low,
    strength_high,
    case
        when attractiveness_low >= attractiveness_cut and strength_low >= strength_cut then 'strategic'
        when attractiveness_low >= attractiveness_cut and strength_high < strength_cut then 'star'
        when attractiveness_high < attractiveness_cut and strength_low >= strength_cut then 'status'
        when attractiveness_high < attractiveness_cut and strength_high < strength_cut then 'streamline'
    end as category
from placed;
