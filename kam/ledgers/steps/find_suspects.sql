create or replace temp table suspects as
select place from temp.staged where suspect and fault is null and not left_out;
