-- An order whose lines now lie in one month only spans nothing any more.
delete from ledgers.spanning_orders
where (account_id, order_id) in (
    select (account_id, order_id)
    from ledgers.spanning_orders
    group by account_id, order_id
    having count(*) = 1
);
