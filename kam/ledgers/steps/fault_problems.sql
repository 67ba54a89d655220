-- Rows that are no rows (ragged, stray quote, undecodable, control character): as the reader marked them, with the
-- cell at fault or the whole line as it stands.
insert into temp.problems
select
    place,
    0,
    $headings[fault_at + 1],
    case
        when fault_at is null then array_to_string(from_json(raw, '["varchar"]'), $delimiter)
        else from_json(raw, '["varchar"]')[fault_at + 1]
    end,
    fault
from temp.staged
where fault is not null and place >> 40 = $file_number;
