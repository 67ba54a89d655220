-- The drawn Parquet file, which carries its types.
create or replace temp view drawn as
select * from read_parquet(getvariable('file'));
