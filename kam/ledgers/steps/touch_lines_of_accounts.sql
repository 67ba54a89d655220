insert into ledgers.touched_months
select distinct account_id, cast(date_trunc('month', order_date) as date)
from ledgers.order_lines
where list_contains($account_ids, account_id) or list_contains($account_ids, named_account_id);
