select
    problems.place >> 40,
    problems.place & 1099511627775,
    problems.column_name,
    problems.original_text,
    problems.reason,
    row_texts.row_text,
    row_texts.numbered_as
from temp.problems as problems
join temp.row_texts as row_texts on row_texts.place = problems.place
order by problems.place, problems.ordinal;
