-- verification.duplicate_order_lines
-- One row: a key (order_id, line_no) that more than one order line has. Empty in a sound database.
-- Columns:
--   order_id      the order
--   line_no       number of the line within it
--   row_count     how many lines have this key
create or replace view verification.duplicate_order_lines as
select order_id, line_no, count(*)::bigint as row_count
from ledgers.order_lines
group by order_id, line_no
having count(*) > 1;
