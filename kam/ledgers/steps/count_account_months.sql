insert into ledgers.account_month by name
select * from ledgers.month_facts(first_day := $first_day, after_day := $after_day, only_touched := $only_touched);
