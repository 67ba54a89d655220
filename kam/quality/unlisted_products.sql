-- quality.unlisted_products
-- One row: a product that order lines name and the product master lacks.
-- Columns:
--   product_id   the product as the lines name it
--   line_count   lines that name it
--   net_revenue  their net revenue, reporting currency
--   is_uncosted  true where a line of it has no cost of its own, so that its margin is unknown
create or replace view quality.unlisted_products as
select
    lines.product_id,
    count(*) as line_count,
    sum(lines.net_revenue)::decimal(18, 2) as net_revenue,
    bool_or(lines.cogs is null) as is_uncosted
from ledgers.revenue_lines as lines
anti join ledgers.products as products on products.product_id = lines.product_id
where lines.product_id is not null
group by lines.product_id;
