-- value.whale_curve(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') whose contribution is known, best first, with what all up to it earn.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   place  1 for the largest contribution; equals by id
--   account_id  the account, or the group's topmost account
--   name  its name
--   contribution_12m  margin less cost to serve, reporting currency
--   account_share  place / account_count, share
--   cumulative_amount  contribution of the accounts up to this place, reporting currency
--   account_count  accounts whose contribution is known, the same in every row, count
--   total_amount  contribution of all of them, the same in every row, reporting currency
--   total_lifetime_amount  lifetime value of all of them, the same in every row, reporting currency
--   estimated_count  accounts whose margin rests in part on the assumed rate, the same in every row, count
--   loss_count  accounts with a contribution below 0, the same in every row, count
--   loss_amount  what those lose, the same in every row, reporting currency, 0 or negative
--   is_drawn  true for the rows that a curve needs: the ends, every 300th part, the peak and the top fifth
-- Left out: accounts whose contribution is unknown.
create or replace macro value.whale_curve(as_of DATE, level VARCHAR := 'account') as table
with placed as (
    select
        account_id,
        name,
        contribution_12m,
        row_number() over (order by contribution_12m desc, account_id) as place,
        sum(contribution_12m) over (
            order by contribution_12m desc, account_id rows between unbounded preceding and current row
        ) as cumulative_amount,
        lifetime_value,
        is_margin_estimated
    from value.account_measures(as_of, level := level)
    where contribution_12m is not null
),
totals as (
    select
        count(*) as account_count,
        sum(contribution_12m) as total_amount,
        sum(lifetime_value) as total_lifetime_amount,
        count(case when is_margin_estimated then 1 end) as estimated_count,
        count(case when contribution_12m < 0 then 1 end) as loss_count,
        sum(case when contribution_12m < 0 then contribution_12m else 0 end) as loss_amount,
        max(cumulative_amount) as peak_amount
    from placed
)
select
    placed.place,
    placed.account_id,
    placed.name,
    placed.contribution_12m,
    cast(placed.place as double) / totals.account_count as account_share,
    cast(placed.cumulative_amount as decimal(18, 2)) as cumulative_amount,
    totals.account_count,
    cast(totals.total_amount as decimal(18, 2)) as total_amount,
    cast(totals.total_lifetime_amount as decimal(18, 2)) as total_lifetime_amount,
    totals.estimated_count,
    totals.loss_count,
    cast(totals.loss_amount as decimal(18, 2)) as loss_amount,
    placed.place <= 100
        or placed.place > totals.account_count - 100
        or placed.cumulative_amount = totals.peak_amount
        or placed.place = cast(ceil(totals.account_count / 5.0) as bigint)
        or placed.place % cast(ceil(totals.account_count / 300.0) as bigint) = 0 as is_drawn
from placed
cross join totals;
