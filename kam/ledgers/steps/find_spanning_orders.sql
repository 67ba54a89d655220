insert into ledgers.spanning_orders by name
select * from ledgers.order_months;
