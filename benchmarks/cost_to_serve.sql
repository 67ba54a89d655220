-- A made-up ledger: $lines order lines of $lines / 100 accounts (skewed), three years, four lines an order, one line in
-- eight a rush, one in thirty a return; in the order of their days, as imports bring them.
insert into ledgers.accounts (account_id, name)
select 'A' || n, 'Account ' || n from range(0, cast($lines // 100 as bigint)) as numbers (n);
insert into ledgers.order_lines (
    order_id, line_no, account_id, order_date, product_id, quantity, net_revenue, list_revenue, cogs, currency, is_rush,
    original_net_revenue, original_list_revenue, original_cogs, import_id
)
select
    'O' || (n // 4),
    n % 4 + 1,
    'A' || cast(floor(power(hash(n // 4) % 1000003 / 1000003.0, 2) * ($lines // 100)) as bigint),
    DATE '2023-01-01' + cast(n * 1096 // $lines as integer),
    'P' || (n % 500),
    case when hash(n) % 30 = 0 then -1 else 1 end,
    case when hash(n) % 30 = 0 then -1 else 1 end * cast(hash(n + 7) % 90000 + 100 as decimal(18, 2)) / 100,
    null,
    cast(hash(n + 7) % 50000 as decimal(18, 2)) / 100,
    'EUR',
    hash(n + 3) % 8 = 0,
    0,
    null,
    null,
    1
from range(0, cast($lines as bigint)) as numbers (n);
