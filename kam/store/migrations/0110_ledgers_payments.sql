-- What customers paid. amount is in `currency`, as the file has it; ledgers.payment_amounts converts it on reading.
create table ledgers.payments (
    payment_id varchar primary key,
    account_id varchar not null,
    paid_on date not null,
    amount decimal(18, 2) not null,      -- negative: a refund, or a payment that was returned
    currency varchar not null,
    order_id varchar,                    -- the order that it pays, where the file says so
    import_id bigint
);
