delete from temp.ready where place in (select place from temp.problems);
