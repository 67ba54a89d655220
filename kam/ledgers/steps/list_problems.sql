select place >> 40, place & 1099511627775, column_name, case when length(original_text) > 1000 then left(original_text, 1000) || '…' else original_text end, reason
from temp.problems
order by place, ordinal
limit $most;
