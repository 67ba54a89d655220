-- value.direct_costs_in_window(as_of DATE)
-- One row: a direct cost that was recorded, not withdrawn, and whose period reaches into the window.
-- Window: (as_of − 12 months, as_of]. An amount is spread evenly over the days of its period.
-- Columns:
--   cost_id  the record
--   account_id  the account that it was traced to
--   name  the account's name; its id where the master no longer has it
--   kind  what it is (value.DIRECT_KINDS)
--   is_off_invoice  true for what is taken off the invoice price: rebates, bonuses, allowances
--   description  in words
--   period_from  first day of its period
--   period_to  last day of its period
--   amount  of the whole period, reporting currency
--   window_amount  amount × days inside the window / days, to the cent (half up), reporting currency
--   within_pool  the pool whose stated cost contains it; null where no pool does
--   source  where the figure comes from
--   reason  why it is traced to this account
--   recorded_by  who recorded it
--   recorded_at  when, UTC
create or replace macro value.direct_costs_in_window(as_of DATE) as table
with overlapping as (
    select
        direct.*,
        cast(direct.amount * 100 as hugeint) as cents,
        date_diff('day', direct.period_from, direct.period_to) + 1 as period_days,
        date_diff(
            'day',
            greatest(direct.period_from, cast(cast(as_of - interval 12 month as date) + interval 1 day as date)),
            least(direct.period_to, as_of)
        ) + 1 as overlap_days
    from value.direct_costs as direct
    left join value.direct_cost_withdrawals as withdrawal on withdrawal.cost_id = direct.cost_id
    where withdrawal.cost_id is null
        and direct.period_to > cast(as_of - interval 12 month as date)
        and direct.period_from <= as_of
)
select
    overlapping.cost_id,
    overlapping.account_id,
    coalesce(account.name, overlapping.account_id) as name,
    overlapping.kind,
    overlapping.is_off_invoice,
    overlapping.description,
    overlapping.period_from,
    overlapping.period_to,
    overlapping.amount,
    cast(
        cast((2 * cents * overlap_days + period_days) // (2 * period_days) as decimal(28, 0))
        * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    ) as window_amount,
    overlapping.within_pool,
    overlapping.source,
    overlapping.reason,
    overlapping.recorded_by,
    overlapping.recorded_at
from overlapping
left join ledgers.accounts as account on account.account_id = overlapping.account_id;
