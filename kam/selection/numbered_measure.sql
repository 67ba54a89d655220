-- selection.numbered_measure(number INTEGER,
--     revenue_12m DOUBLE, revenue_24m DOUBLE, revenue_growth_12m DOUBLE, margin_12m DOUBLE, margin_rate_12m
--     DOUBLE, cost_to_serve_12m DOUBLE, contribution_12m DOUBLE, contribution_rate_12m DOUBLE, orders_12m
--     DOUBLE, active_months_12m DOUBLE, return_share_12m DOUBLE, last_order_day DOUBLE, recency_days DOUBLE,
--     order_days DOUBLE, product_count_12m DOUBLE, lifetime_value DOUBLE, days_to_pay DOUBLE, contract_value
--     DOUBLE, contract_months_left DOUBLE, weighted_pipeline_12m DOUBLE, addressable_spend_3y DOUBLE,
--     share_of_wallet DOUBLE, strategic_fit DOUBLE, openness_to_partnership DOUBLE, financial_stability DOUBLE,
--     reference_value DOUBLE, learning_value DOUBLE, innovation_value DOUBLE, relative_strength DOUBLE)
-- One figure: the measure of this number among those of selection.verdicts, which come in their order; null where there
-- is no such number. With a constant number only that measure is left, and nothing is copied.
create or replace macro selection.numbered_measure(
    number INTEGER,
    revenue_12m DOUBLE, revenue_24m DOUBLE, revenue_growth_12m DOUBLE, margin_12m DOUBLE, margin_rate_12m
    DOUBLE, cost_to_serve_12m DOUBLE, contribution_12m DOUBLE, contribution_rate_12m DOUBLE, orders_12m DOUBLE,
    active_months_12m DOUBLE, return_share_12m DOUBLE, last_order_day DOUBLE, recency_days DOUBLE, order_days
    DOUBLE, product_count_12m DOUBLE, lifetime_value DOUBLE, days_to_pay DOUBLE, contract_value DOUBLE,
    contract_months_left DOUBLE, weighted_pipeline_12m DOUBLE, addressable_spend_3y DOUBLE, share_of_wallet
    DOUBLE, strategic_fit DOUBLE, openness_to_partnership DOUBLE, financial_stability DOUBLE, reference_value
    DOUBLE, learning_value DOUBLE, innovation_value DOUBLE, relative_strength DOUBLE
) as
    case number
        when 1 then revenue_12m
        when 2 then revenue_24m
        when 3 then revenue_growth_12m
        when 4 then margin_12m
        when 5 then margin_rate_12m
        when 6 then cost_to_serve_12m
        when 7 then contribution_12m
        when 8 then contribution_rate_12m
        when 9 then orders_12m
        when 10 then active_months_12m
        when 11 then return_share_12m
        when 12 then last_order_day
        when 13 then recency_days
        when 14 then order_days
        when 15 then product_count_12m
        when 16 then lifetime_value
        when 17 then days_to_pay
        when 18 then contract_value
        when 19 then contract_months_left
        when 20 then weighted_pipeline_12m
        when 21 then addressable_spend_3y
        when 22 then share_of_wallet
        when 23 then strategic_fit
        when 24 then openness_to_partnership
        when 25 then financial_stability
        when 26 then reference_value
        when 27 then learning_value
        when 28 then innovation_value
        when 29 then relative_strength
    end;
