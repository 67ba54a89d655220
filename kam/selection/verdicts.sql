-- selection.verdicts(as_of DATE, level VARCHAR, at_least DOUBLE[], at_most DOUBLE[], score_measure INTEGER[],
--     anchor_values DOUBLE[][], anchor_points DOUBLE[][], attractiveness_weight DOUBLE[], strength_weight DOUBLE[],
--     attractiveness_cut DOUBLE, strength_cut DOUBLE, near_miss_share DOUBLE)
-- One row: an account (level 'account') or a group (level 'group') judged by a criteria set on as_of, in one pass.
-- The gates come by measure: element i of at_least and at_most bounds measure i of the list below, null where no
-- gate does; dates as days since 1970-01-01. The scores come as parallel lists: the measure's number, its anchors
-- (measure values rising, points 0..10) and its weight on either axis, null on the other; at most 16.
-- Every list is a constant of the call, so that what no gate and no score uses is folded away before a row is read:
-- that is why gates and scores are written out one by one below, and are no lambdas over lists.
-- Measures by number: 1 revenue_12m, 2 revenue_24m, 3 revenue_growth_12m, 4 margin_12m, 5 margin_rate_12m,
-- 6 cost_to_serve_12m, 7 contribution_12m, 8 contribution_rate_12m, 9 orders_12m, 10 active_months_12m,
-- 11 return_share_12m, 12 last_order_on, 13 recency_days, 14 order_days, 15 product_count_12m, 16 lifetime_value,
-- 17 days_to_pay, 18 contract_value, 19 contract_months_left, 20 weighted_pipeline_12m, 21 addressable_spend_3y,
-- 22 share_of_wallet, 23 strategic_fit, 24 openness_to_partnership, 25 financial_stability, 26 reference_value,
-- 27 learning_value, 28 innovation_value, 29 relative_strength.
-- Columns:
--   account_id               the account, or the root of the group
--   name                     its name
--   group_id                 the root of its parent chain
--   industry                 as the account master says
--   region                   as the account master says
--   country                  as the account master says
--   channel                  as the account master says
--   owner                    as the account master says
--   is_key_account           true where it is in the programme on as_of
--   roster_category          its category as decided; null outside the programme
--   admitted_on              since when it is in the programme
--   is_margin_estimated      true where margin rests on an assumed rate
--   revenue_12m              measure 1, reporting currency
--   revenue_24m              measure 2, reporting currency
--   revenue_growth_12m       measure 3, share
--   margin_12m               measure 4, reporting currency
--   margin_rate_12m          measure 5, share
--   cost_to_serve_12m        measure 6, reporting currency
--   contribution_12m         measure 7, reporting currency
--   contribution_rate_12m    measure 8, share
--   orders_12m               measure 9, orders
--   active_months_12m        measure 10, months
--   return_share_12m         measure 11, share
--   last_order_on            measure 12, date
--   recency_days             measure 13, days
--   order_days               measure 14, days
--   product_count_12m        measure 15, products
--   lifetime_value           measure 16, reporting currency
--   days_to_pay              measure 17, days
--   contract_value           measure 18, reporting currency
--   contract_months_left     measure 19, months
--   weighted_pipeline_12m    measure 20, reporting currency
--   addressable_spend_3y     measure 21, reporting currency
--   share_of_wallet          measure 22, share
--   strategic_fit            measure 23, points
--   openness_to_partnership  measure 24, points
--   financial_stability      measure 25, points
--   reference_value          measure 26, points
--   learning_value           measure 27, points
--   innovation_value         measure 28, points
--   relative_strength        measure 29, points
--   verdict                  fail where a gate fails, else unknown where one is unknown, else pass
--   fail_mask                bit i − 1 is set where the gates of measure i fail
--   unknown_mask             bit i − 1 is set where measure i is unknown and gated
--   fail_count               measures whose gates fail
--   unknown_count            gated measures that are unknown
--   shortfall_share          the furthest miss of a failed gate, as a share of its threshold; null where none failed or
--                            the threshold is 0
--   is_near_miss             true where one measure alone fails, none is unknown, and it misses by near_miss_share at most
--   points                   0..10 per score, in the order given; null where the measure is unknown
--   attractiveness_low       weighted points with 0 for every unknown score; null where the axis has no score
--   attractiveness_high      weighted points with 10 for every unknown score
--   strength_low             as attractiveness_low
--   strength_high            as attractiveness_high
--   category                 strategic, star, status or streamline; null where a range crosses its cut
-- Points: linear between anchors, level outside them (METHOD 1.3). A score on a cut belongs to the higher cell.
-- Nine decimals: the last bits of a floating-point sum must not decide about a cut.
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
    select
        listed.*,
        assessed.* exclude (account_id),
        date_diff('day', date '1970-01-01', listed.last_order_on)::double as last_order_day
    from programme.account_list(as_of, level := level) as listed
    left join selection.assessed(as_of) as assessed on assessed.account_id = listed.account_id
),
gated as (
    select
        *,
        (
            selection.failing_bit(1, revenue_12m::double, at_least[1], at_most[1])
            | selection.failing_bit(2, revenue_24m::double, at_least[2], at_most[2])
            | selection.failing_bit(3, revenue_growth_12m::double, at_least[3], at_most[3])
            | selection.failing_bit(4, margin_12m::double, at_least[4], at_most[4])
            | selection.failing_bit(5, margin_rate_12m::double, at_least[5], at_most[5])
            | selection.failing_bit(6, cost_to_serve_12m::double, at_least[6], at_most[6])
            | selection.failing_bit(7, contribution_12m::double, at_least[7], at_most[7])
            | selection.failing_bit(8, contribution_rate_12m::double, at_least[8], at_most[8])
            | selection.failing_bit(9, orders_12m::double, at_least[9], at_most[9])
            | selection.failing_bit(10, active_months_12m::double, at_least[10], at_most[10])
            | selection.failing_bit(11, return_share_12m::double, at_least[11], at_most[11])
            | selection.failing_bit(12, last_order_day, at_least[12], at_most[12])
            | selection.failing_bit(13, recency_days::double, at_least[13], at_most[13])
            | selection.failing_bit(14, order_days::double, at_least[14], at_most[14])
            | selection.failing_bit(15, product_count_12m::double, at_least[15], at_most[15])
            | selection.failing_bit(16, lifetime_value::double, at_least[16], at_most[16])
            | selection.failing_bit(17, days_to_pay::double, at_least[17], at_most[17])
            | selection.failing_bit(18, contract_value::double, at_least[18], at_most[18])
            | selection.failing_bit(19, contract_months_left::double, at_least[19], at_most[19])
            | selection.failing_bit(20, weighted_pipeline_12m::double, at_least[20], at_most[20])
            | selection.failing_bit(21, addressable_spend_3y::double, at_least[21], at_most[21])
            | selection.failing_bit(22, share_of_wallet::double, at_least[22], at_most[22])
            | selection.failing_bit(23, strategic_fit::double, at_least[23], at_most[23])
            | selection.failing_bit(24, openness_to_partnership::double, at_least[24], at_most[24])
            | selection.failing_bit(25, financial_stability::double, at_least[25], at_most[25])
            | selection.failing_bit(26, reference_value::double, at_least[26], at_most[26])
            | selection.failing_bit(27, learning_value::double, at_least[27], at_most[27])
            | selection.failing_bit(28, innovation_value::double, at_least[28], at_most[28])
            | selection.failing_bit(29, relative_strength::double, at_least[29], at_most[29])
        ) as fail_mask,
        (
            selection.unknown_bit(1, revenue_12m::double, at_least[1], at_most[1])
            | selection.unknown_bit(2, revenue_24m::double, at_least[2], at_most[2])
            | selection.unknown_bit(3, revenue_growth_12m::double, at_least[3], at_most[3])
            | selection.unknown_bit(4, margin_12m::double, at_least[4], at_most[4])
            | selection.unknown_bit(5, margin_rate_12m::double, at_least[5], at_most[5])
            | selection.unknown_bit(6, cost_to_serve_12m::double, at_least[6], at_most[6])
            | selection.unknown_bit(7, contribution_12m::double, at_least[7], at_most[7])
            | selection.unknown_bit(8, contribution_rate_12m::double, at_least[8], at_most[8])
            | selection.unknown_bit(9, orders_12m::double, at_least[9], at_most[9])
            | selection.unknown_bit(10, active_months_12m::double, at_least[10], at_most[10])
            | selection.unknown_bit(11, return_share_12m::double, at_least[11], at_most[11])
            | selection.unknown_bit(12, last_order_day, at_least[12], at_most[12])
            | selection.unknown_bit(13, recency_days::double, at_least[13], at_most[13])
            | selection.unknown_bit(14, order_days::double, at_least[14], at_most[14])
            | selection.unknown_bit(15, product_count_12m::double, at_least[15], at_most[15])
            | selection.unknown_bit(16, lifetime_value::double, at_least[16], at_most[16])
            | selection.unknown_bit(17, days_to_pay::double, at_least[17], at_most[17])
            | selection.unknown_bit(18, contract_value::double, at_least[18], at_most[18])
            | selection.unknown_bit(19, contract_months_left::double, at_least[19], at_most[19])
            | selection.unknown_bit(20, weighted_pipeline_12m::double, at_least[20], at_most[20])
            | selection.unknown_bit(21, addressable_spend_3y::double, at_least[21], at_most[21])
            | selection.unknown_bit(22, share_of_wallet::double, at_least[22], at_most[22])
            | selection.unknown_bit(23, strategic_fit::double, at_least[23], at_most[23])
            | selection.unknown_bit(24, openness_to_partnership::double, at_least[24], at_most[24])
            | selection.unknown_bit(25, financial_stability::double, at_least[25], at_most[25])
            | selection.unknown_bit(26, reference_value::double, at_least[26], at_most[26])
            | selection.unknown_bit(27, learning_value::double, at_least[27], at_most[27])
            | selection.unknown_bit(28, innovation_value::double, at_least[28], at_most[28])
            | selection.unknown_bit(29, relative_strength::double, at_least[29], at_most[29])
        ) as unknown_mask,
        greatest(
            selection.shortfall(revenue_12m::double, at_least[1], at_most[1]),
            selection.shortfall(revenue_24m::double, at_least[2], at_most[2]),
            selection.shortfall(revenue_growth_12m::double, at_least[3], at_most[3]),
            selection.shortfall(margin_12m::double, at_least[4], at_most[4]),
            selection.shortfall(margin_rate_12m::double, at_least[5], at_most[5]),
            selection.shortfall(cost_to_serve_12m::double, at_least[6], at_most[6]),
            selection.shortfall(contribution_12m::double, at_least[7], at_most[7]),
            selection.shortfall(contribution_rate_12m::double, at_least[8], at_most[8]),
            selection.shortfall(orders_12m::double, at_least[9], at_most[9]),
            selection.shortfall(active_months_12m::double, at_least[10], at_most[10]),
            selection.shortfall(return_share_12m::double, at_least[11], at_most[11]),
            selection.shortfall(last_order_day, at_least[12], at_most[12]),
            selection.shortfall(recency_days::double, at_least[13], at_most[13]),
            selection.shortfall(order_days::double, at_least[14], at_most[14]),
            selection.shortfall(product_count_12m::double, at_least[15], at_most[15]),
            selection.shortfall(lifetime_value::double, at_least[16], at_most[16]),
            selection.shortfall(days_to_pay::double, at_least[17], at_most[17]),
            selection.shortfall(contract_value::double, at_least[18], at_most[18]),
            selection.shortfall(contract_months_left::double, at_least[19], at_most[19]),
            selection.shortfall(weighted_pipeline_12m::double, at_least[20], at_most[20]),
            selection.shortfall(addressable_spend_3y::double, at_least[21], at_most[21]),
            selection.shortfall(share_of_wallet::double, at_least[22], at_most[22]),
            selection.shortfall(strategic_fit::double, at_least[23], at_most[23]),
            selection.shortfall(openness_to_partnership::double, at_least[24], at_most[24]),
            selection.shortfall(financial_stability::double, at_least[25], at_most[25]),
            selection.shortfall(reference_value::double, at_least[26], at_most[26]),
            selection.shortfall(learning_value::double, at_least[27], at_most[27]),
            selection.shortfall(innovation_value::double, at_least[28], at_most[28]),
            selection.shortfall(relative_strength::double, at_least[29], at_most[29])
        ) as shortfall_share
    from accounts
),
picked as (
    select
        *,
        selection.numbered_measure(
            score_measure[1],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_1,
        selection.numbered_measure(
            score_measure[2],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_2,
        selection.numbered_measure(
            score_measure[3],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_3,
        selection.numbered_measure(
            score_measure[4],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_4,
        selection.numbered_measure(
            score_measure[5],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_5,
        selection.numbered_measure(
            score_measure[6],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_6,
        selection.numbered_measure(
            score_measure[7],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_7,
        selection.numbered_measure(
            score_measure[8],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_8,
        selection.numbered_measure(
            score_measure[9],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_9,
        selection.numbered_measure(
            score_measure[10],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_10,
        selection.numbered_measure(
            score_measure[11],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_11,
        selection.numbered_measure(
            score_measure[12],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_12,
        selection.numbered_measure(
            score_measure[13],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_13,
        selection.numbered_measure(
            score_measure[14],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_14,
        selection.numbered_measure(
            score_measure[15],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_15,
        selection.numbered_measure(
            score_measure[16],
            revenue_12m, revenue_24m, revenue_growth_12m, margin_12m, margin_rate_12m, cost_to_serve_12m,
            contribution_12m, contribution_rate_12m, orders_12m, active_months_12m, return_share_12m,
            last_order_day, recency_days, order_days, product_count_12m, lifetime_value, days_to_pay,
            contract_value, contract_months_left, weighted_pipeline_12m, addressable_spend_3y, share_of_wallet,
            strategic_fit, openness_to_partnership, financial_stability, reference_value, learning_value,
            innovation_value, relative_strength
        ) as measured_16
    from gated
),
scored as (
    select
        *,
        selection.anchored_points(measured_1, anchor_values[1], anchor_points[1]) as points_1,
        selection.anchored_points(measured_2, anchor_values[2], anchor_points[2]) as points_2,
        selection.anchored_points(measured_3, anchor_values[3], anchor_points[3]) as points_3,
        selection.anchored_points(measured_4, anchor_values[4], anchor_points[4]) as points_4,
        selection.anchored_points(measured_5, anchor_values[5], anchor_points[5]) as points_5,
        selection.anchored_points(measured_6, anchor_values[6], anchor_points[6]) as points_6,
        selection.anchored_points(measured_7, anchor_values[7], anchor_points[7]) as points_7,
        selection.anchored_points(measured_8, anchor_values[8], anchor_points[8]) as points_8,
        selection.anchored_points(measured_9, anchor_values[9], anchor_points[9]) as points_9,
        selection.anchored_points(measured_10, anchor_values[10], anchor_points[10]) as points_10,
        selection.anchored_points(measured_11, anchor_values[11], anchor_points[11]) as points_11,
        selection.anchored_points(measured_12, anchor_values[12], anchor_points[12]) as points_12,
        selection.anchored_points(measured_13, anchor_values[13], anchor_points[13]) as points_13,
        selection.anchored_points(measured_14, anchor_values[14], anchor_points[14]) as points_14,
        selection.anchored_points(measured_15, anchor_values[15], anchor_points[15]) as points_15,
        selection.anchored_points(measured_16, anchor_values[16], anchor_points[16]) as points_16
    from picked
),
placed as (
    select
        *,
        case len(score_measure)
            when 0 then []
            when 1 then [points_1]
            when 2 then [points_1, points_2]
            when 3 then [points_1, points_2, points_3]
            when 4 then [points_1, points_2, points_3, points_4]
            when 5 then [points_1, points_2, points_3, points_4, points_5]
            when 6 then [points_1, points_2, points_3, points_4, points_5, points_6]
            when 7 then [points_1, points_2, points_3, points_4, points_5, points_6, points_7]
            when 8 then [points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8]
            when 9 then [points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8, points_9]
            when 10 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10
            ]
            when 11 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11
            ]
            when 12 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11, points_12
            ]
            when 13 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11, points_12, points_13
            ]
            when 14 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11, points_12, points_13, points_14
            ]
            when 15 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11, points_12, points_13, points_14, points_15
            ]
            when 16 then [
                points_1, points_2, points_3, points_4, points_5, points_6, points_7, points_8,
                points_9, points_10, points_11, points_12, points_13, points_14, points_15, points_16
            ]
        end as points,
        case when list_sum(attractiveness_weight) is not null then round((
            selection.weighted(attractiveness_weight[1], points_1, 0)
            + selection.weighted(attractiveness_weight[2], points_2, 0)
            + selection.weighted(attractiveness_weight[3], points_3, 0)
            + selection.weighted(attractiveness_weight[4], points_4, 0)
            + selection.weighted(attractiveness_weight[5], points_5, 0)
            + selection.weighted(attractiveness_weight[6], points_6, 0)
            + selection.weighted(attractiveness_weight[7], points_7, 0)
            + selection.weighted(attractiveness_weight[8], points_8, 0)
            + selection.weighted(attractiveness_weight[9], points_9, 0)
            + selection.weighted(attractiveness_weight[10], points_10, 0)
            + selection.weighted(attractiveness_weight[11], points_11, 0)
            + selection.weighted(attractiveness_weight[12], points_12, 0)
            + selection.weighted(attractiveness_weight[13], points_13, 0)
            + selection.weighted(attractiveness_weight[14], points_14, 0)
            + selection.weighted(attractiveness_weight[15], points_15, 0)
            + selection.weighted(attractiveness_weight[16], points_16, 0)
        ) * 1e9) / 1e9 end as attractiveness_low,
        case when list_sum(attractiveness_weight) is not null then round((
            selection.weighted(attractiveness_weight[1], points_1, 10)
            + selection.weighted(attractiveness_weight[2], points_2, 10)
            + selection.weighted(attractiveness_weight[3], points_3, 10)
            + selection.weighted(attractiveness_weight[4], points_4, 10)
            + selection.weighted(attractiveness_weight[5], points_5, 10)
            + selection.weighted(attractiveness_weight[6], points_6, 10)
            + selection.weighted(attractiveness_weight[7], points_7, 10)
            + selection.weighted(attractiveness_weight[8], points_8, 10)
            + selection.weighted(attractiveness_weight[9], points_9, 10)
            + selection.weighted(attractiveness_weight[10], points_10, 10)
            + selection.weighted(attractiveness_weight[11], points_11, 10)
            + selection.weighted(attractiveness_weight[12], points_12, 10)
            + selection.weighted(attractiveness_weight[13], points_13, 10)
            + selection.weighted(attractiveness_weight[14], points_14, 10)
            + selection.weighted(attractiveness_weight[15], points_15, 10)
            + selection.weighted(attractiveness_weight[16], points_16, 10)
        ) * 1e9) / 1e9 end as attractiveness_high,
        case when list_sum(strength_weight) is not null then round((
            selection.weighted(strength_weight[1], points_1, 0)
            + selection.weighted(strength_weight[2], points_2, 0)
            + selection.weighted(strength_weight[3], points_3, 0)
            + selection.weighted(strength_weight[4], points_4, 0)
            + selection.weighted(strength_weight[5], points_5, 0)
            + selection.weighted(strength_weight[6], points_6, 0)
            + selection.weighted(strength_weight[7], points_7, 0)
            + selection.weighted(strength_weight[8], points_8, 0)
            + selection.weighted(strength_weight[9], points_9, 0)
            + selection.weighted(strength_weight[10], points_10, 0)
            + selection.weighted(strength_weight[11], points_11, 0)
            + selection.weighted(strength_weight[12], points_12, 0)
            + selection.weighted(strength_weight[13], points_13, 0)
            + selection.weighted(strength_weight[14], points_14, 0)
            + selection.weighted(strength_weight[15], points_15, 0)
            + selection.weighted(strength_weight[16], points_16, 0)
        ) * 1e9) / 1e9 end as strength_low,
        case when list_sum(strength_weight) is not null then round((
            selection.weighted(strength_weight[1], points_1, 10)
            + selection.weighted(strength_weight[2], points_2, 10)
            + selection.weighted(strength_weight[3], points_3, 10)
            + selection.weighted(strength_weight[4], points_4, 10)
            + selection.weighted(strength_weight[5], points_5, 10)
            + selection.weighted(strength_weight[6], points_6, 10)
            + selection.weighted(strength_weight[7], points_7, 10)
            + selection.weighted(strength_weight[8], points_8, 10)
            + selection.weighted(strength_weight[9], points_9, 10)
            + selection.weighted(strength_weight[10], points_10, 10)
            + selection.weighted(strength_weight[11], points_11, 10)
            + selection.weighted(strength_weight[12], points_12, 10)
            + selection.weighted(strength_weight[13], points_13, 10)
            + selection.weighted(strength_weight[14], points_14, 10)
            + selection.weighted(strength_weight[15], points_15, 10)
            + selection.weighted(strength_weight[16], points_16, 10)
        ) * 1e9) / 1e9 end as strength_high
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
    days_to_pay,
    contract_value,
    contract_months_left,
    weighted_pipeline_12m,
    addressable_spend_3y,
    share_of_wallet,
    strategic_fit,
    openness_to_partnership,
    financial_stability,
    reference_value,
    learning_value,
    innovation_value,
    relative_strength,
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
