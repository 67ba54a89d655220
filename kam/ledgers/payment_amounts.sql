-- ledgers.payment_amounts
-- One row: a payment in the reporting currency.
-- Columns:
--   payment_id   as in the ledger
--   account_id   who paid
--   paid_on      day of the payment
--   amount       in the reporting currency, at the rate with the latest valid_from on or before paid_on, to the cent;
--       null where that rate is gone
--   order_id     the order that it pays, where the file says so
-- Identity: payments in the reporting currency keep the amount of the file.
create or replace view ledgers.payment_amounts as
with reporting as (
    select max(value) as currency from store.workbench where key = 'currency'
)
select
    payment.payment_id,
    payment.account_id,
    payment.paid_on,
    case when payment.currency = reporting.currency then payment.amount
        else cast(round(payment.amount * cast(rates.rate as decimal(20, 12)), 2) as decimal(18, 2)) end as amount,
    payment.order_id
from ledgers.payments as payment
cross join reporting
asof left join ledgers.exchange_rates as rates
    on rates.currency = payment.currency and rates.valid_from <= payment.paid_on;
