-- The number that a rejected order line would have had in its order.
update temp.row_texts as texts
set numbered_as = staged.line_no
from temp.staged as staged
where staged.place = texts.place;
