-- ledgers.account_facts(as_of DATE, level VARCHAR := 'account')
-- One row: an account of the master (level 'account'), or a group, named by its topmost account (level 'group').
-- Windows: …_12m is (as_of − 12 months, as_of]; …_24m is (as_of − 24 months, as_of]; the prior 12 months are
-- (as_of − 24 months, as_of − 12 months]. A purchase is a line with net revenue above 0.
-- An account without a line up to as_of has null everywhere but in counts, which are 0. Of a group: sums over its
-- members; orders are distinct by account and order number, days, months and products over the whole group.
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id  the account, or the group's topmost account
--   revenue_12m  net revenue, returns with their sign, reporting currency
--   prior_revenue_12m  net revenue of the 12 months before, reporting currency
--   revenue_24m  net revenue of 24 months, reporting currency
--   revenue_growth_12m  revenue_12m / prior_revenue_12m − 1, share; null where the prior 12 months are 0 or less
--   positive_revenue_12m  revenue of purchases, reporting currency
--   return_amount_12m  less the negative net revenue, reporting currency, positive
--   return_share_12m  return_amount_12m / positive_revenue_12m, share; null without purchases
--   list_revenue_12m  list value, reporting currency; null unless every line in the window has one
--   cogs_12m  product cost of the lines whose cost is known, reporting currency
--   uncosted_revenue_12m  net revenue of the lines whose cost is unknown, reporting currency
--   line_count_12m  lines, count
--   uncosted_line_count_12m  lines whose cost is unknown, count
--   rush_line_count_12m  lines marked as rush, count
--   return_line_count_12m  lines with negative quantity or negative net revenue, count
--   orders_12m  distinct orders with a purchase, count
--   active_months_12m  calendar months with a purchase, count; up to 13 where as_of is not a month's end
--   product_count_12m  distinct products purchased, count
--   first_order_on  day of the first purchase up to as_of
--   last_order_on  day of the latest purchase up to as_of
--   recency_days  as_of − last_order_on, days
--   order_days  distinct days with a purchase up to as_of, count
--   line_count  lines up to as_of, count
-- Identities: revenue_12m = positive_revenue_12m − return_amount_12m; revenue_24m = revenue_12m + prior_revenue_12m;
-- the sums over all groups equal those over all accounts.
create or replace macro ledgers.account_facts(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
ever as (
    select
        facts.account_id as unit_id,
        sum(facts.line_count) as line_count,
        sum(facts.order_day_count) as order_days,
        min(facts.first_order_on) as first_order_on,
        max(facts.last_order_on) as last_order_on
    from ledgers.months_between(DATE '0001-01-01', cast(as_of + interval 1 day as date)) as facts
    where level <> 'group'
    group by facts.account_id
    union all
    -- Two members may purchase on the same day: days of a group are the union of theirs.
    select
        unit_id,
        sum(line_count) as line_count,
        sum(bit_count(purchase_days)) as order_days,
        min(first_order_on) as first_order_on,
        max(last_order_on) as last_order_on
    from (
        select
            units.unit_id,
            sum(facts.line_count) as line_count,
            bit_or(facts.purchase_days) as purchase_days,
            min(facts.first_order_on) as first_order_on,
            max(facts.last_order_on) as last_order_on
        from ledgers.months_between(DATE '0001-01-01', cast(as_of + interval 1 day as date)) as facts
        join units on units.account_id = facts.account_id
        where level = 'group'
        group by units.unit_id, facts.month
    ) as months
    group by unit_id
),
twelve as (
    select
        units.unit_id,
        sum(facts.net_revenue) as net_revenue,
        sum(facts.positive_revenue) as positive_revenue,
        sum(facts.return_amount) as return_amount,
        case when count(facts.list_revenue) = count(*) then sum(facts.list_revenue) end as list_revenue,
        sum(facts.cogs) as cogs,
        sum(facts.uncosted_revenue) as uncosted_revenue,
        sum(facts.line_count) as line_count,
        sum(facts.uncosted_line_count) as uncosted_line_count,
        sum(facts.rush_line_count) as rush_line_count,
        sum(facts.return_line_count) as return_line_count,
        sum(facts.order_count) as order_count,
        count(distinct case when facts.order_count > 0 then facts.month end) as active_months
    from ledgers.months_between(
        cast(cast(as_of - interval 12 month as date) + interval 1 day as date),
        cast(as_of + interval 1 day as date)
    ) as facts
    join units on units.account_id = facts.account_id
    group by units.unit_id
),
prior as (
    select units.unit_id, sum(facts.net_revenue) as net_revenue
    from ledgers.months_between(
        cast(cast(as_of - interval 24 month as date) + interval 1 day as date),
        cast(cast(as_of - interval 12 month as date) + interval 1 day as date)
    ) as facts
    join units on units.account_id = facts.account_id
    group by units.unit_id
),
-- Months in which an order that spans several has a purchase inside the window: whole months are known,
-- the months that the window cuts are looked up in the lines.
spanned as (
    select spanning.account_id, spanning.order_id, spanning.month
    from ledgers.spanning_orders as spanning
    where spanning.month > cast(as_of - interval 12 month as date)
        and spanning.month < date_trunc('month', cast(as_of + interval 1 day as date))
    union all
    select distinct spanning.account_id, spanning.order_id, spanning.month
    from ledgers.spanning_orders as spanning
    join ledgers.revenue_lines as line
        on line.account_id = spanning.account_id
        and line.order_id = spanning.order_id
        and cast(date_trunc('month', line.order_date) as date) = spanning.month
    where line.net_revenue > 0
        and line.order_date > cast(as_of - interval 12 month as date)
        and line.order_date <= as_of
        and (
            spanning.month <= cast(as_of - interval 12 month as date)
            or spanning.month >= date_trunc('month', cast(as_of + interval 1 day as date))
        )
),
repeats as (
    select units.unit_id, sum(orders.month_count - 1) as repeat_count
    from (
        select account_id, order_id, count(*) as month_count from spanned group by account_id, order_id
    ) as orders
    join units on units.account_id = orders.account_id
    group by units.unit_id
),
products as (
    select units.unit_id, count(distinct line.product_id) as product_count
    from ledgers.revenue_lines as line
    join units on units.account_id = line.account_id
    where line.order_date > cast(as_of - interval 12 month as date)
        and line.order_date <= as_of
        and line.net_revenue > 0
    group by units.unit_id
),
summed as (
    select
        roster.unit_id,
        ever.line_count is not null as has_lines,
        coalesce(twelve.net_revenue, 0) as revenue,
        coalesce(prior.net_revenue, 0) as prior_revenue,
        coalesce(twelve.positive_revenue, 0) as positive_revenue,
        coalesce(twelve.return_amount, 0) as return_amount,
        case when twelve.unit_id is null then 0 else twelve.list_revenue end as list_revenue,
        coalesce(twelve.cogs, 0) as cogs,
        coalesce(twelve.uncosted_revenue, 0) as uncosted_revenue,
        coalesce(twelve.line_count, 0) as line_count_12m,
        coalesce(twelve.uncosted_line_count, 0) as uncosted_line_count,
        coalesce(twelve.rush_line_count, 0) as rush_line_count,
        coalesce(twelve.return_line_count, 0) as return_line_count,
        coalesce(twelve.order_count, 0) - coalesce(repeats.repeat_count, 0) as order_count,
        coalesce(twelve.active_months, 0) as active_months,
        coalesce(products.product_count, 0) as product_count,
        ever.first_order_on,
        ever.last_order_on,
        coalesce(ever.order_days, 0) as order_days,
        coalesce(ever.line_count, 0) as line_count
    from (select distinct unit_id from units) as roster
    left join ever on ever.unit_id = roster.unit_id
    left join twelve on twelve.unit_id = roster.unit_id
    left join prior on prior.unit_id = roster.unit_id
    left join repeats on repeats.unit_id = roster.unit_id
    left join products on products.unit_id = roster.unit_id
)
select
    unit_id as account_id,
    case when has_lines then cast(revenue as decimal(18, 2)) end as revenue_12m,
    case when has_lines then cast(prior_revenue as decimal(18, 2)) end as prior_revenue_12m,
    case when has_lines then cast(revenue + prior_revenue as decimal(18, 2)) end as revenue_24m,
    case when has_lines and prior_revenue > 0
        then cast(revenue as double) / cast(prior_revenue as double) - 1 end as revenue_growth_12m,
    case when has_lines then cast(positive_revenue as decimal(18, 2)) end as positive_revenue_12m,
    case when has_lines then cast(return_amount as decimal(18, 2)) end as return_amount_12m,
    case when has_lines and positive_revenue > 0
        then cast(return_amount as double) / cast(positive_revenue as double) end as return_share_12m,
    case when has_lines then cast(list_revenue as decimal(18, 2)) end as list_revenue_12m,
    case when has_lines then cast(cogs as decimal(18, 2)) end as cogs_12m,
    case when has_lines then cast(uncosted_revenue as decimal(18, 2)) end as uncosted_revenue_12m,
    cast(line_count_12m as bigint) as line_count_12m,
    cast(uncosted_line_count as bigint) as uncosted_line_count_12m,
    cast(rush_line_count as bigint) as rush_line_count_12m,
    cast(return_line_count as bigint) as return_line_count_12m,
    cast(order_count as bigint) as orders_12m,
    cast(active_months as bigint) as active_months_12m,
    cast(product_count as bigint) as product_count_12m,
    first_order_on,
    last_order_on,
    cast(date_diff('day', last_order_on, as_of) as bigint) as recency_days,
    cast(order_days as bigint) as order_days,
    cast(line_count as bigint) as line_count
from summed;
