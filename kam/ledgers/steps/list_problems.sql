select place >> 40, place & 1099511627775, column_name, left(original_text, 1000), reason
from temp.problems
order by place, ordinal
limit $most;
