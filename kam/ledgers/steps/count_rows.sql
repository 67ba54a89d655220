select
    (select count(*) from temp.staged) as read_count,
    (select count(*) from temp.ready) - (select count(*) from temp.matched) as inserted_count,
    (select count(*) from temp.matched where not is_same) as updated_count,
    (select count(*) from temp.matched where is_same) as unchanged_count,
    (select count(distinct place) from temp.problems) as rejected_count,
    (select count(*) from temp.staged where left_out and fault is null) as left_out_count;
