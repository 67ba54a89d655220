-- segments.lorenz(first_day DATE, after_day DATE)
-- One row: an account with net revenue above 0 in the window, largest first, with what the accounts up to it hold.
-- Window: [first_day, after_day).
-- Columns:
--   place  1 for the largest; accounts of equal revenue by id
--   account_id  the account
--   revenue_amount  its net revenue, reporting currency
--   account_share  place / account_count, share
--   held_amount  net revenue of the accounts up to this place, reporting currency
--   held_share  held_amount / total_amount, share
--   account_count  accounts with net revenue above 0, the same in every row, count
--   left_out_count  accounts with lines whose net revenue is 0 or less, the same in every row, count
--   total_amount  net revenue of the accounts counted, the same in every row, reporting currency
--   gini  Gini coefficient, population form: Σ (2i − n − 1) x₍ᵢ₎ / (n Σ x), x ascending; the same in every row
--   squared_share  Σ of squared shares (Herfindahl–Hirschman), the same in every row
--   is_drawn  true for the rows that a curve needs: the ends, every 300th part, and those that its key figures stand on
-- Left out: accounts whose returns reach their purchases; they are counted in left_out_count.
create or replace macro segments.lorenz(first_day DATE, after_day DATE) as table
with revenues as (
    select account_id, cast(sum(net_revenue) as decimal(18, 2)) as revenue_amount
    from ledgers.months_between(first_day, after_day)
    group by account_id
),
placed as (
    select
        account_id,
        revenue_amount,
        row_number() over (order by revenue_amount desc, account_id) as place,
        sum(revenue_amount) over (
            order by revenue_amount desc, account_id rows between unbounded preceding and current row
        ) as held_amount
    from revenues
    where revenue_amount > 0
),
totals as (
    select
        count(*) as account_count,
        cast(sum(revenue_amount) as double) as total_amount,
        sum(cast(revenue_amount as double) * cast(revenue_amount as double)) as squares,
        -- The largest stands last when ascending: i = n + 1 − place, so 2i − n − 1 = n + 1 − 2 place.
        sum(place * revenue_amount) as weighted
    from placed
),
shares as (
    select
        placed.place,
        placed.account_id,
        placed.revenue_amount,
        placed.held_amount,
        totals.account_count,
        cast(placed.place as double) / totals.account_count as account_share,
        cast(placed.held_amount as double) / totals.total_amount as held_share,
        totals.total_amount,
        ((totals.account_count + 1) * totals.total_amount - 2 * cast(totals.weighted as double))
            / (totals.account_count * totals.total_amount) as gini,
        totals.squares / (totals.total_amount * totals.total_amount) as squared_share
    from placed
    cross join totals
)
select
    shares.place,
    shares.account_id,
    shares.revenue_amount,
    shares.account_share,
    cast(shares.held_amount as decimal(18, 2)) as held_amount,
    shares.held_share,
    shares.account_count,
    (select count(*) from revenues where revenue_amount <= 0) as left_out_count,
    cast(shares.total_amount as decimal(18, 2)) as total_amount,
    shares.gini,
    shares.squared_share,
    shares.place <= 5
        or shares.place = shares.account_count
        or shares.place = cast(ceil(shares.account_count / 5.0) as bigint)
        or shares.place % cast(ceil(shares.account_count / 300.0) as bigint) = 0
        or (shares.held_share >= 0.8 and coalesce(lag(shares.held_share) over (order by shares.place), 0) < 0.8)
        or (shares.held_share < 0.8 and lead(shares.held_share) over (order by shares.place) >= 0.8) as is_drawn
from shares;
