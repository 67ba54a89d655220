insert into ledgers.import_rejects
    (import_id, file_name, line_no, column_name, original_text, reason, message, row_text, numbered_as)
select
    $import_id,
    $labels[(problems.place >> 40) + 1],
    problems.place & 1099511627775,
    problems.column_name,
    case when length(problems.original_text) > 1000 then left(problems.original_text, 1000) || '…' else problems.original_text end,
    problems.reason,
    $messages[list_position($reasons, problems.reason)],
    row_texts.row_text,
    row_texts.numbered_as
from temp.problems as problems
left join temp.row_texts as row_texts on row_texts.place = problems.place
order by problems.place, problems.ordinal;
