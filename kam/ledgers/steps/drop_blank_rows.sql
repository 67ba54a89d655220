delete from temp.staged where place in (select place from temp.blank_rows);
delete from temp.problems where place in (select place from temp.blank_rows);
