-- The floor: the file's own columns into a table.
create or replace table held as
select * from drawn;
