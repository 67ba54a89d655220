-- ledgers.revenue_lines
-- One row: a line of an order that counts as revenue. Lines that a mapping classified as something else (postage,
-- fees, adjustments out of revenue) stay in ledgers.order_lines alone, where control totals are held against them.
-- Every reading of revenue, margin, orders and rhythm starts from these lines.
-- Columns:
--   order_id              the order
--   line_no               number of the line within it
--   account_id            the account
--   order_date            day of the order
--   product_id            the product; null where the file names none
--   quantity              units; negative for a return
--   net_revenue           reporting currency, with its sign
--   list_revenue          list value, reporting currency; null where unknown
--   cogs                  product cost as the file gave it, reporting currency; null where the standard cost has to serve
--   currency              currency of the file's amounts
--   is_rush               marked as rush; null where the file does not say
--   original_net_revenue  net revenue in `currency`
--   original_list_revenue  list value in `currency`; null where unknown
--   original_cogs         product cost in `currency`; null where the file gives none
--   import_id             import that the present values come from
--   named_account_id      account the line came under, where that was merged into another
--   line_kind             what kind of line, where a mapping said so (postage in revenue); null for an ordinary line
create or replace view ledgers.revenue_lines as
select
    order_id,
    line_no,
    account_id,
    order_date,
    product_id,
    quantity,
    net_revenue,
    list_revenue,
    cogs,
    currency,
    is_rush,
    original_net_revenue,
    original_list_revenue,
    original_cogs,
    import_id,
    named_account_id,
    line_kind
from ledgers.order_lines
where is_revenue is distinct from false;
