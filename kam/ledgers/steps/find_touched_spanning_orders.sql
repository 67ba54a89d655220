-- Orders with a positive line in a touched account-month, wherever their other months lie.
insert into ledgers.spanning_orders by name
with touched_orders as (
    select distinct line.account_id, line.order_id
    from ledgers.revenue_lines as line
    join (select distinct account_id, month from ledgers.touched_months) as touched
        on touched.account_id = line.account_id
        and touched.month = cast(date_trunc('month', line.order_date) as date)
    where line.net_revenue > 0 and line.order_date >= $first_day and line.order_date < $after_day
),
purchased as (
    select distinct line.account_id, line.order_id, cast(date_trunc('month', line.order_date) as date) as month
    from ledgers.revenue_lines as line
    join touched_orders using (account_id, order_id)
    where line.net_revenue > 0
),
spanning as (
    select account_id, order_id from purchased group by account_id, order_id having count(*) > 1
)
select purchased.account_id, purchased.order_id, purchased.month
from purchased
join spanning using (account_id, order_id)
where not exists (
    select 1 from ledgers.spanning_orders as held
    where held.account_id = purchased.account_id
        and held.order_id = purchased.order_id
        and held.month = purchased.month
);
