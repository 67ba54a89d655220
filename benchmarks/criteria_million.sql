-- A million accounts with the measures that selection.verdicts reads, in place of those computed from a ledger.
-- Figures come from a hash of the account's number, so every run judges the same accounts; one measure in twenty is
-- unknown, and one threshold in each gate is hit exactly by some accounts.
create schema programme;

create macro drawn(number, measure) as hash(number, measure) % 1000000 / 1000000.0;

create macro known(number, measure, figure) as case when drawn(number, 100 + measure) < 0.05 then null else figure end;

create table programme.measured as
select
    printf('A%07d', number) as account_id,
    printf('Account %d', number) as name,
    account_id as group_id,
    null::varchar as parent_account_id,
    'industry ' || number % 12 as industry,
    'region ' || number % 7 as region,
    'country ' || number % 20 as country,
    'channel ' || number % 3 as channel,
    'owner ' || number % 90 as owner,
    number % 4000 = 0 as is_key_account,
    null::varchar as category,
    null::date as admitted_on,
    false as is_margin_estimated,
    round(exp(14 * drawn(number, 1)), -1)::decimal(18, 2) as revenue_12m,
    round(exp(15 * drawn(number, 2)), 2)::decimal(18, 2) as revenue_24m,
    known(number, 3, round(drawn(number, 3) * 2 - 0.8, 4)) as revenue_growth_12m,
    known(number, 4, round(exp(13 * drawn(number, 4)), 2)::decimal(18, 2)) as margin_12m,
    known(number, 5, drawn(number, 5)) as margin_rate_12m,
    known(number, 6, round(exp(10 * drawn(number, 6)), 2)::decimal(18, 2)) as cost_to_serve_12m,
    known(number, 7, round(exp(13 * drawn(number, 7)) - 20000, 2)::decimal(18, 2)) as contribution_12m,
    known(number, 8, round(drawn(number, 8) - 0.3, 2)) as contribution_rate_12m,
    floor(60 * drawn(number, 9))::bigint as orders_12m,
    floor(13 * drawn(number, 10))::bigint as active_months_12m,
    known(number, 11, drawn(number, 11) / 4) as return_share_12m,
    known(number, 12, date '2025-12-31' - floor(800 * drawn(number, 12))::integer) as last_order_on,
    known(number, 13, floor(800 * drawn(number, 13))::bigint) as recency_days,
    floor(300 * drawn(number, 14))::bigint as order_days,
    floor(40 * drawn(number, 15))::bigint as product_count_12m,
    known(number, 16, round(exp(15 * drawn(number, 16)), 2)::decimal(18, 2)) as lifetime_value,
    known(number, 17, 120 * drawn(number, 17)) as days_to_pay,
    known(number, 18, round(exp(14 * drawn(number, 18)), 2)::decimal(18, 2)) as contract_value,
    known(number, 19, floor(48 * drawn(number, 19))::bigint) as contract_months_left,
    known(number, 20, round(exp(13 * drawn(number, 20)), 2)::decimal(18, 2)) as weighted_pipeline_12m
from range(1000000) as numbers (number);

create macro programme.account_list(as_of, level := 'account') as table select * from programme.measured;

-- Of one account in two thousand something was assessed, as of a programme of some hundred candidates.
create schema selection;

create macro selection.assessed(as_of) as table
select
    account_id,
    1000000.0 * drawn(rowid, 21) as addressable_spend_3y,
    drawn(rowid, 22) as share_of_wallet,
    10 * drawn(rowid, 23) as strategic_fit,
    10 * drawn(rowid, 24) as openness_to_partnership,
    10 * drawn(rowid, 25) as financial_stability,
    10 * drawn(rowid, 26) as reference_value,
    10 * drawn(rowid, 27) as learning_value,
    10 * drawn(rowid, 28) as innovation_value,
    10 * drawn(rowid, 29) as relative_strength
from programme.measured
where rowid % 2000 = 0;
