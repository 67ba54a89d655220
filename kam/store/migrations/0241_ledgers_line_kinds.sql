-- Lines that are no products (postage, fees, adjustments): what kind they are, and whether they are revenue.
-- Null: nothing was said, an ordinary line. ledgers.revenue_lines are the lines that readings of revenue count.
alter table ledgers.order_lines add column line_kind varchar;
alter table ledgers.order_lines add column is_revenue boolean;
-- JSON list: kind, whether it is revenue, currency, rows and amount of an import's classified lines.
alter table ledgers.imports add column line_kinds varchar;
