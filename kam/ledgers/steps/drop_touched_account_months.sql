delete from ledgers.account_month as held
where exists (
    select 1 from ledgers.touched_months as touched
    where touched.account_id = held.account_id and touched.month = held.month
);
