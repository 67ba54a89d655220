insert into ledgers.touched_months
select distinct account_id, cast(date_trunc('month', order_date) as date) from temp.reconverted;
