create or replace temp table reporting as select $currency as currency;
