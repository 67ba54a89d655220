create or replace temp table rejected as
select distinct place from temp.problems;
