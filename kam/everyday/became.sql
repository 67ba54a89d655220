-- everyday.became(as_of DATE, of_account VARCHAR, of_days INTEGER, most INTEGER)
-- One row: one of the `most` look-alikes (everyday.look_alikes) × its first or second year that is over on as_of.
-- Window: the 12 months from its first purchase on, or the 12 after; read as value.account_measures reads the 12 months to the window's last
-- day, with the cost model in force on that day.
-- Columns:
--   account_id    the look-alike
--   year          1 or 2
--   ends_on       the window's last day
--   margin        net revenue less product cost and off-invoice items, reporting currency; null where a cost is unknown
--   cost          of serving it, reporting currency; null where no cost model was in force or a part has no rate
--   contribution  margin − cost, reporting currency; null where either is
--   is_estimated  true where a part of the margin is assumed
-- Identity: contribution = contribution_12m of value.account_measures on ends_on.
create or replace macro everyday.became(as_of DATE, of_account VARCHAR, of_days INTEGER, most INTEGER) as table
with alike as (
    select account_id, first_on
    from everyday.look_alikes(as_of, of_account, of_days)
    qualify row_number() over (order by alike_share desc, known_count desc, first_on desc, account_id) <= most
),
years as (
    select account_id, 1 as year, cast(first_on + interval 12 months as date) - 1 as ends_on
    from alike
    union all
    select account_id, 2, cast(first_on + interval 24 months as date) - 1
    from alike
    where first_on <= as_of - interval 24 months
),
-- Which model is in force on a day is value.activity_costs' business; here only whether one is.
models as (
    select min(valid_from) as first_from
    from value.cost_models
),
measured as (
    select
        years.account_id,
        years.year,
        years.ends_on,
        -- Without a line in the window nothing was sold, and a rebate may still have been paid.
        case
            when margins.account_count = 0 then -coalesce(direct.off_invoice, 0)
            else margins.margin_amount
        end as margin,
        case
            when coalesce(models.first_from > years.ends_on, true) or served.unknown_count > 0 or direct.unknown_count > 0 then null
            else coalesce(served.cost_amount, 0) + coalesce(direct.serving, 0)
        end as cost,
        coalesce(margins.is_estimated, false) as is_estimated
    from years
    cross join lateral (
        select count(*) as account_count, any_value(held.margin_amount) as margin_amount, bool_or(held.is_margin_estimated) as is_estimated
        from value.account_margin(years.ends_on) as held
        where held.account_id = years.account_id
    ) as margins
    cross join lateral (
        select sum(held.cost_amount) as cost_amount, count(*) - count(held.cost_amount) as unknown_count
        from value.activity_costs(years.ends_on) as held
        where held.account_id = years.account_id
    ) as served
    cross join lateral (
        select
            sum(held.cost_amount) filter (where held.is_off_invoice) as off_invoice,
            sum(held.cost_amount) filter (where not held.is_off_invoice) as serving,
            count(*) filter (where not held.is_off_invoice) - count(held.cost_amount) filter (where not held.is_off_invoice) as unknown_count
        from value.direct_cost_amounts(years.ends_on) as held
        where held.account_id = years.account_id
    ) as direct
    cross join models
)
select
    account_id,
    year,
    ends_on,
    cast(margin as decimal(18, 2)) as margin,
    cast(cost as decimal(18, 2)) as cost,
    cast(margin - cost as decimal(18, 2)) as contribution,
    is_estimated
from measured;
