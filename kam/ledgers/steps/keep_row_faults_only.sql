-- A repeated header or a total is one fault of the row, not one of each of its cells.
delete from temp.problems
where reason not in ('header_row', 'total_row')
    and place in (select place from temp.problems where reason in ('header_row', 'total_row'));
