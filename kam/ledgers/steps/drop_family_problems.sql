delete from temp.family where place in (select place from temp.problems);
