update ledgers.order_lines as line
set net_revenue = changed.net_revenue, list_revenue = changed.list_revenue, cogs = changed.cogs
from temp.reconverted as changed
where line.order_id = changed.order_id and line.line_no = changed.line_no;
