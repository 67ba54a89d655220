-- ledgers.extent
-- One row: how far the ledger reaches. Lines of every sign count.
-- Columns:
--   first_order_on  date of the earliest line; null for an empty ledger
--   last_order_on  date of the latest line; null for an empty ledger
--   line_count  order lines, count
--   account_count  accounts with at least one line, count
create or replace view ledgers.extent as
select
    (select min(order_date) from ledgers.order_lines) as first_order_on,
    (select max(order_date) from ledgers.order_lines) as last_order_on,
    (select count(*) from ledgers.order_lines) as line_count,
    (select count(distinct account_id) from ledgers.account_month) as account_count;
