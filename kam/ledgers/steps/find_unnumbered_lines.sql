select 1 from temp.staged where line_no is null and fault is null limit 1;
