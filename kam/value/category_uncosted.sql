-- value.category_uncosted(as_of DATE)
-- One row: an account and a product category with lines whose product cost is unknown, where a margin rate of the
-- category is in force. No row, and no line read, where no category has one.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   account_id  the account
--   category  the product category
--   line_count  lines whose cost is unknown, count
--   revenue_amount  their net revenue, reporting currency
--   margin_rate  the rate assumed for the category, share; null where it was adopted as unknown
--   assumed_margin_amount  revenue_amount × margin_rate, to the cent, reporting currency; null where the rate is
create or replace macro value.category_uncosted(as_of DATE) as table
with rated as (
    select product.product_id, rates.category, rates.margin_rate
    from value.category_margins_in_force(as_of) as rates
    join ledgers.products as product on product.category = rates.category
    where product.standard_cost is null
)
select
    line.account_id,
    rated.category,
    count(*) as line_count,
    cast(sum(line.net_revenue) as decimal(18, 2)) as revenue_amount,
    min(rated.margin_rate) as margin_rate,
    cast(round(cast(sum(line.net_revenue) as decimal(18, 2)) * min(rated.margin_rate), 2) as decimal(18, 2))
        as assumed_margin_amount
from ledgers.revenue_lines as line
join rated on rated.product_id = line.product_id
where line.cogs is null
    and line.order_date > cast(as_of - interval 12 month as date)
    and line.order_date <= as_of
group by line.account_id, rated.category;
