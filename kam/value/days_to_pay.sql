-- value.days_to_pay(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group', named by its topmost account) that paid something in the window.
-- Window: payments of (as_of − 12 months, as_of], matched with everything ordered and paid up to as_of.
-- A payment that names an order of its account is matched with that order. All others settle what is open first in,
-- first out: orders by their first day, payments by theirs, as intervals of the cumulated amounts; where the two
-- overlap, that much of the order was paid by that payment. Credit notes (orders that are negative as a whole) settle
-- orders without being payments; refunds (negative payments) open a debt without being orders. Neither counts as days.
-- Orders and payments have to be in the same terms (both with or both without tax).
-- Shared: kept once for the kept readings that build on it.
-- Columns:
--   account_id      the account, or the group's topmost account
--   days_to_pay     days from the order to its payment, weighted by amount, days; negative where paid ahead; null
--       where no payment of the window is matched with an order
--   paid_amount     positive payments of the window, reporting currency
--   matched_amount  what of it is matched with an order, reporting currency
-- Identity: matched_amount is at most paid_amount. Left out: payments whose exchange rate is not known.
create or replace macro value.days_to_pay(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
payments as (
    select units.unit_id, payment.payment_id, payment.paid_on, payment.amount, payment.order_id
    from ledgers.payment_amounts as payment
    join units on units.account_id = payment.account_id
    where payment.paid_on <= as_of and payment.amount <> 0
),
-- Only units that paid: without payments the ledger is not read.
orders as (
    select units.unit_id, line.order_id, min(line.order_date) as ordered_on, sum(line.net_revenue) as amount
    from ledgers.order_lines as line
    join units on units.account_id = line.account_id
    where line.order_date <= as_of and units.unit_id in (select unit_id from payments)
    group by units.unit_id, line.order_id
),
named as (
    select payments.*, orders.ordered_on
    from payments
    join orders on orders.unit_id = payments.unit_id and orders.order_id = payments.order_id
    where orders.amount > 0
),
paid_by_name as (
    select unit_id, order_id, sum(amount) as amount from named group by unit_id, order_id
),
debts as (
    select
        orders.unit_id,
        orders.ordered_on as due_from,
        true as is_order,
        orders.order_id as reference,
        orders.amount - coalesce(paid_by_name.amount, 0) as amount
    from orders
    left join paid_by_name on paid_by_name.unit_id = orders.unit_id and paid_by_name.order_id = orders.order_id
    where orders.amount > coalesce(paid_by_name.amount, 0)
    union all
    select unit_id, paid_on, false, payment_id, -amount
    from payments anti join named on named.payment_id = payments.payment_id
    where amount < 0
),
settlements as (
    select unit_id, ordered_on as settled_on, false as is_payment, order_id as reference, -amount as amount
    from orders
    where amount < 0
    union all
    select unit_id, paid_on, true, payment_id, amount
    from payments anti join named on named.payment_id = payments.payment_id
    where amount > 0
),
-- Where each debt and each settlement ends on the line of cumulated amounts.
ends as (
    select
        unit_id,
        sum(amount) over (partition by unit_id order by due_from, is_order, reference) as reached,
        due_from,
        is_order,
        null::date as settled_on,
        null::boolean as is_payment
    from debts
    union all
    select
        unit_id,
        sum(amount) over (partition by unit_id order by settled_on, is_payment, reference),
        null,
        null,
        settled_on,
        is_payment
    from settlements
),
-- From one end to the next lies one stretch of one debt and one settlement: those that end at or after it.
stretches as (
    select
        unit_id,
        reached - coalesce(lag(reached) over line, 0) as amount,
        first_value(due_from ignore nulls) over ahead as due_from,
        first_value(is_order ignore nulls) over ahead as is_order,
        first_value(settled_on ignore nulls) over ahead as settled_on,
        first_value(is_payment ignore nulls) over ahead as is_payment
    from ends
    window
        line as (partition by unit_id order by reached, settled_on nulls first),
        ahead as (
            partition by unit_id order by reached, settled_on nulls first
            rows between current row and unbounded following
        )
),
matched as (
    select unit_id, amount, date_diff('day', due_from, settled_on) as days
    from stretches
    where is_order and is_payment and amount > 0 and settled_on > cast(as_of - interval 12 month as date)
    union all
    select unit_id, amount, date_diff('day', ordered_on, paid_on)
    from named
    where amount > 0 and paid_on > cast(as_of - interval 12 month as date)
),
paid as (
    select unit_id, sum(amount) as amount
    from payments
    where amount > 0 and paid_on > cast(as_of - interval 12 month as date)
    group by unit_id
),
weighed as (
    select
        unit_id,
        sum(amount) as amount,
        -- Summed as decimals: doubles would give another last digit with every order of the rows.
        cast(sum(cast(amount as decimal(18, 2)) * cast(days as decimal(9, 0))) as double)
            / cast(sum(amount) as double) as days
    from matched
    group by unit_id
)
select
    paid.unit_id as account_id,
    weighed.days as days_to_pay,
    cast(paid.amount as decimal(18, 2)) as paid_amount,
    cast(coalesce(weighed.amount, 0) as decimal(18, 2)) as matched_amount
from paid
left join weighed on weighed.unit_id = paid.unit_id;
