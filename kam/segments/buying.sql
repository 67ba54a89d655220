-- segments.buying(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') with its purchases up to as_of, its scores of recency, frequency and
-- money, its segment, and how surprising its silence is.
-- Windows: the whole ledger up to as_of. A purchase day is a day with net revenue above 0; orders are distinct documents.
-- Scores 1 (worst) to 5 by quintiles of all accounts that ever purchased, right-closed (value ≤ q20 scores 1; recency
-- reversed), type 7; equal values always share a score. With fewer than 5 different values each value is a score of its
-- own, and there are fewer scores.
-- Segments: those of the R package rfm (Hebbali), the first that holds the three scores.
-- Columns:
--   account_id  the account, or the group's topmost account
--   first_purchase_on  day of the first purchase, date; null without one
--   last_purchase_on  day of the latest purchase, date
--   recency_days  as_of − last_purchase_on, days
--   age_days  as_of − first_purchase_on, days (T of the purchase models)
--   span_days  last_purchase_on − first_purchase_on, days (t_x of the purchase models)
--   order_count  distinct orders with a purchase, count (n of recency–frequency–money)
--   repeat_count  purchase days after the first, count (x of the purchase models)
--   revenue_amount  net revenue, returns with their sign, reporting currency
--   repeat_mean_amount  net revenue of all days after the first purchase day / repeat_count, reporting currency; null
--       without a repeat
--   recency_score  1 to 5, 5 bought last; null without a purchase
--   frequency_score  1 to 5 by order_count
--   money_score  1 to 5 by revenue_amount
--   segment  name of the segment; null without a purchase
--   gap_count  gaps between purchase days, count
--   median_gap_days  median gap, days; null without a gap
--   expected_gap_days  (k0 × g0 + Σ gaps) / (k0 + n): mean gap, with fewer than 5 gaps drawn towards g0, the median of
--       the base's mean gaps, which counts as k0 gaps (parameter segments.base_gap_weight); days
--   silence_cycles  recency_days / expected_gap_days: the silence in multiples of its own cycle, ratio
--   silence_chance  chance that an account still buying would be silent for so long: exp(−silence / expected gap); with 5
--       gaps or more the Erlang tail whose k is 1/CV² of its gaps (1 to 50), because the exponential is too patient with
--       a regular buyer; share, null without a gap
--   silent_last_year  of a slowing or dormant account: true where it bought nothing on the same days a year before as
--       those on which its silence is longer than its rhythm explains, and bought again after them; null for others and
--       where its purchases do not reach back so far
--   activity_state  active, slowing, dormant or unknown (segments.rhythm)
--   basis  what decided the state: own_rhythm, days, contract or no_purchase
--   is_alarming  true where it is slowing or dormant and was not as silent a year before
-- Identities: order_count ≥ 1 where there is a purchase; repeat_count = gap_count; age_days = span_days + recency_days.
create or replace macro segments.buying(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
days as (
    select account_id, purchased_on from ledgers.purchase_days(as_of, level := level)
),
gaps as (
    select
        account_id,
        purchased_on,
        date_diff('day', lag(purchased_on) over (partition by account_id order by purchased_on), purchased_on)
            as gap_days
    from days
),
purchases as (
    select
        account_id,
        min(purchased_on) as first_on,
        max(purchased_on) as last_on,
        count(*) as day_count,
        cast(avg(gap_days) as double) as mean_gap,
        var_samp(gap_days) as gap_variance
    from gaps
    group by account_id
),
base as (
    select median(mean_gap) as base_gap from purchases where mean_gap is not null
),
weight as (
    select value from parameters.effective(as_of) where parameter_id = 'segments.base_gap_weight'
),
rhythm as (
    select
        account_id,
        gap_count,
        median_gap_days,
        coalesce(slowing_after_days, dormant_after_days) as quiet_after_days,
        activity_state,
        basis
    from segments.rhythm(as_of, level := level)
),
-- The days on which the silence was longer than its rhythm explains, each a year earlier.
windows as (
    select
        purchases.account_id,
        purchases.first_on,
        purchases.last_on,
        cast(purchases.last_on - interval 1 year as date) as year_ago,
        cast(
            purchases.last_on + to_days(cast(ceil(rhythm.quiet_after_days) as integer)) - interval 1 year as date
        ) as after_day,
        cast(as_of - interval 1 year as date) as until_day
    from purchases
    join rhythm on rhythm.account_id = purchases.account_id
    where rhythm.activity_state in ('slowing', 'dormant')
),
year_before as (
    select
        windows.account_id,
        case
            when min(windows.first_on) <= min(windows.year_ago)
                then count(days.purchased_on) = 0 and min(windows.until_day) < min(windows.last_on)
        end as silent_last_year
    from windows
    left join days
        on days.account_id = windows.account_id
        and days.purchased_on > windows.after_day
        and days.purchased_on <= windows.until_day
    group by windows.account_id
),
-- An order whose lines lie in several months counts in each of them: all but one go again.
spanning as (
    select account_id, sum(months - 1) as repeats
    from (
        select line.account_id, line.order_id, count(distinct date_trunc('month', line.order_date)) as months
        from ledgers.revenue_lines as line
        join (select distinct account_id, order_id from ledgers.spanning_orders) as held
            on held.account_id = line.account_id and held.order_id = line.order_id
        where line.net_revenue > 0 and line.order_date <= as_of
        group by line.account_id, line.order_id
    ) as counted
    group by account_id
),
money as (
    select
        units.unit_id as account_id,
        sum(facts.net_revenue) as revenue_amount,
        sum(facts.order_count) as order_count
    from ledgers.months_between(DATE '0001-01-01', cast(as_of + interval 1 day as date)) as facts
    join units on units.account_id = facts.account_id
    group by units.unit_id
),
repeated as (
    select units.unit_id as account_id, sum(spanning.repeats) as repeats
    from spanning
    join units on units.account_id = spanning.account_id
    group by units.unit_id
),
first_days as (
    select units.unit_id as account_id, sum(facts.net_revenue) as first_day_amount
    from ledgers.revenue_lines as facts
    join units on units.account_id = facts.account_id
    join purchases on purchases.account_id = units.unit_id and purchases.first_on = facts.order_date
    group by units.unit_id
),
measured as (
    select
        purchases.account_id,
        purchases.first_on,
        purchases.last_on,
        purchases.day_count,
        purchases.mean_gap,
        purchases.gap_variance,
        date_diff('day', purchases.last_on, as_of) as silence,
        cast(money.order_count - coalesce(repeated.repeats, 0) as bigint) as order_count,
        cast(money.revenue_amount as decimal(18, 2)) as revenue_amount,
        first_days.first_day_amount,
        year_before.silent_last_year
    from purchases
    join money on money.account_id = purchases.account_id
    left join repeated on repeated.account_id = purchases.account_id
    left join first_days on first_days.account_id = purchases.account_id
    left join year_before on year_before.account_id = purchases.account_id
),
cuts as (
    select
        percentile_cont([0.2, 0.4, 0.6, 0.8]) within group (order by cast(silence as double)) as silence_cuts,
        percentile_cont([0.2, 0.4, 0.6, 0.8]) within group (order by cast(order_count as double)) as order_cuts,
        percentile_cont([0.2, 0.4, 0.6, 0.8]) within group (order by cast(revenue_amount as double)) as money_cuts,
        list_sort(list(distinct cast(silence as double))) as silences,
        list_sort(list(distinct cast(order_count as double))) as orders,
        list_sort(list(distinct cast(revenue_amount as double))) as amounts
    from measured
),
used as (
    select
        case when len(silences) < 5 then silences[1:len(silences) - 1] else silence_cuts end as silence_cuts,
        case when len(orders) < 5 then orders[1:len(orders) - 1] else order_cuts end as order_cuts,
        case when len(amounts) < 5 then amounts[1:len(amounts) - 1] else money_cuts end as money_cuts
    from cuts
),
scored as (
    select
        measured.*,
        len(used.silence_cuts) + 1
            - len(list_filter(used.silence_cuts, lambda cut: cut < measured.silence)) as recency_score,
        1 + len(list_filter(used.order_cuts, lambda cut: cut < measured.order_count)) as frequency_score,
        1 + len(list_filter(used.money_cuts, lambda cut: cut < cast(measured.revenue_amount as double))) as money_score
    from measured
    cross join used
),
silent as (
    select
        scored.*,
        case
            when scored.mean_gap is null or (scored.day_count <= 5 and weight.value is null) then null
            when scored.day_count > 5 then scored.mean_gap
            else (weight.value * base.base_gap + scored.mean_gap * (scored.day_count - 1))
                / (weight.value + scored.day_count - 1)
        end as expected_gap,
        case
            when scored.day_count <= 5 then 1
            when scored.gap_variance * 50 <= scored.mean_gap * scored.mean_gap then 50
            else greatest(1, cast(round_even(scored.mean_gap * scored.mean_gap / scored.gap_variance, 0) as integer))
        end as regular
    from scored
    cross join base
    left join weight on true
)
select
    rhythm.account_id,
    silent.first_on as first_purchase_on,
    silent.last_on as last_purchase_on,
    silent.silence as recency_days,
    date_diff('day', silent.first_on, as_of) as age_days,
    date_diff('day', silent.first_on, silent.last_on) as span_days,
    coalesce(silent.order_count, 0) as order_count,
    coalesce(silent.day_count - 1, 0) as repeat_count,
    silent.revenue_amount,
    case
        when silent.day_count > 1
            then cast((silent.revenue_amount - silent.first_day_amount) / (silent.day_count - 1) as decimal(18, 2))
    end as repeat_mean_amount,
    cast(silent.recency_score as integer) as recency_score,
    cast(silent.frequency_score as integer) as frequency_score,
    cast(silent.money_score as integer) as money_score,
    case
        when silent.account_id is null then null
        when recency_score = 5 and frequency_score = 5 and money_score = 5 then 'Champions'
        when recency_score between 3 and 5 and frequency_score between 3 and 5 and money_score between 2 and 5
            then 'Potential Loyalist'
        when recency_score between 2 and 4 and frequency_score between 2 and 4 and money_score between 2 and 4
            then 'Loyal Customers'
        when recency_score between 3 and 4 and frequency_score between 1 and 3 and money_score between 3 and 5
            then 'Promising'
        when recency_score between 4 and 5 and frequency_score between 1 and 3 then 'New Customers'
        when recency_score between 1 and 2 and frequency_score between 3 and 4 and money_score between 4 and 5
            then 'Can''t Lose Them'
        when recency_score between 1 and 2 and frequency_score between 2 and 5 and money_score between 4 and 5
            then 'At Risk'
        when recency_score between 1 and 3 and frequency_score between 3 and 5 and money_score between 3 and 5
            then 'Need Attention'
        when recency_score between 2 and 3 and frequency_score between 1 and 3 and money_score between 1 and 4
            then 'About To Sleep'
        when recency_score = 1 then 'Lost'
        else 'Other'
    end as segment,
    rhythm.gap_count,
    rhythm.median_gap_days,
    silent.expected_gap as expected_gap_days,
    silent.silence / silent.expected_gap as silence_cycles,
    case
        when silent.expected_gap is null then null
        when silent.silence = 0 then 1.0
        else least(1.0, list_sum(list_transform(
            range(0, silent.regular),
            lambda events: exp(
                events * ln(silent.regular * silent.silence / silent.expected_gap)
                - silent.regular * silent.silence / silent.expected_gap
                - lgamma(events + 1)
            )
        )))
    end as silence_chance,
    silent.silent_last_year,
    rhythm.activity_state,
    rhythm.basis,
    rhythm.activity_state in ('slowing', 'dormant') and not coalesce(silent.silent_last_year, false) as is_alarming
from rhythm
left join silent on silent.account_id = rhythm.account_id;
