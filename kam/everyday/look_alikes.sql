-- everyday.look_alikes(as_of DATE, of_account VARCHAR, of_days INTEGER)
-- One row: an account that began as of_account did and is at least 12 months further, most alike first by alike_count ÷ known_count. Compared
-- are the facts that are known of both: industry, region, country, channel, and of the first of_days days orders, revenue and products (alike
-- within a factor of everyday.alike_factor).
-- Columns:
--   account_id      the account
--   name            its name
--   first_on        day of its first purchase
--   known_count     facts compared, count
--   alike_count     of these alike, count
--   alike_share     alike_count ÷ known_count, share
--   alike_in        which, in the order of the list above
--   order_count     its orders of the first days, count
--   revenue         its revenue of the first days, reporting currency
--   revenue_year_1  net revenue of the 12 months from its first purchase on, reporting currency
--   revenue_year_2  of the 12 months after; null where they are not over on as_of
-- Left out: accounts whose first purchase may lie before the ledger; those alike in less than everyday.alike_share.
create or replace macro everyday.look_alikes(as_of DATE, of_account VARCHAR, of_days INTEGER) as table
with held as (
    select
        max(value) filter (where parameter_id = 'everyday.alike_factor') as factor,
        max(value) filter (where parameter_id = 'everyday.alike_share') as alike_from
    from parameters.effective(as_of)
),
began as (
    select
        accounts.account_id, accounts.name, accounts.industry, accounts.region, accounts.country, accounts.channel,
        begun.first_on, begun.is_new_here, begun.order_count, begun.revenue, begun.product_count
    from everyday.beginnings(as_of, of_days) as begun
    join ledgers.accounts on accounts.account_id = begun.account_id
),
compared as (
    select
        other.*,
        [
            {'fact': 'industry', 'alike': own.industry = other.industry},
            {'fact': 'region', 'alike': own.region = other.region},
            {'fact': 'country', 'alike': own.country = other.country},
            {'fact': 'channel', 'alike': own.channel = other.channel},
            {
                'fact': 'orders',
                'alike': greatest(own.order_count, other.order_count) <= held.factor * least(own.order_count, other.order_count)
            },
            {
                'fact': 'revenue',
                'alike': case
                    when own.revenue > 0 and other.revenue > 0
                    then greatest(own.revenue, other.revenue) <= held.factor * least(own.revenue, other.revenue)
                end
            },
            {
                'fact': 'products',
                'alike': case
                    when own.product_count is not null and other.product_count is not null
                    then greatest(own.product_count, other.product_count) <= held.factor * least(own.product_count, other.product_count)
                end
            }
        ] as facts,
        held.alike_from
    from began as own
    join began as other on other.account_id <> own.account_id
    cross join held
    where own.account_id = of_account and other.is_new_here and other.first_on <= as_of - interval 12 months
),
counted as (
    select
        *,
        len(list_filter(facts, lambda f: f.alike is not null)) as known_count,
        len(list_filter(facts, lambda f: f.alike)) as alike_count,
        list_transform(list_filter(facts, lambda f: f.alike), lambda f: f.fact) as alike_in
    from compared
),
alike as (
    select * from counted where known_count > 0 and alike_count / known_count >= alike_from
),
later as (
    select
        lines.account_id,
        sum(lines.net_revenue) filter (where lines.order_date < alike.first_on + interval 12 months)::decimal(18, 2) as revenue_year_1,
        coalesce(
            sum(lines.net_revenue) filter (
                where lines.order_date >= alike.first_on + interval 12 months and lines.order_date < alike.first_on + interval 24 months
            ),
            0
        )::decimal(18, 2) as revenue_year_2
    from ledgers.revenue_lines as lines
    join alike on alike.account_id = lines.account_id
    where lines.order_date <= as_of
    group by lines.account_id
)
select
    alike.account_id,
    alike.name,
    alike.first_on,
    alike.known_count,
    alike.alike_count,
    alike.alike_count / alike.known_count as alike_share,
    alike.alike_in,
    alike.order_count,
    alike.revenue,
    later.revenue_year_1,
    case when alike.first_on <= as_of - interval 24 months then later.revenue_year_2 end as revenue_year_2
from alike
join later on later.account_id = alike.account_id;
