delete from ledgers.spanning_orders;
