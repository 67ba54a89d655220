-- selection.ledger_state
-- One row: the ledger as it stands, in the figures that show whether it is another one later.
-- Columns:
--   last_import_id  the latest import, undone ones included; null without
--   line_count  order lines, count
--   last_order_on  date of the latest line; null for an empty ledger
--   control_total  net revenue of all lines, reporting currency
create or replace view selection.ledger_state as
select
    (select max(import_id) from ledgers.imports) as last_import_id,
    extent.line_count,
    extent.last_order_on,
    (select coalesce(sum(net_revenue), 0)::decimal(18, 2) from ledgers.account_month) as control_total
from ledgers.extent;
