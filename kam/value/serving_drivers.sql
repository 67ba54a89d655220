-- value.serving_drivers(as_of DATE)
-- One row: an account that ordered in the window and a driver of cost to serve: how intense it is, the median of its
-- peers, and what the account would cost at that median. Each driver is taken alone: the amounts do not add up.
-- Window: (as_of − 12 months, as_of].
-- Peers: the accounts of its industry that ordered, where they are at least value.peers_at_least; else all that ordered.
-- Columns:
--   account_id  the account
--   name  its name
--   industry  as in the master
--   driver  drop_size, lines_per_order, rush_share, return_share, or activity:CODE
--   activity_name  of a recorded activity, as in the cost model; null of the others
--   own_value  purchases per order (reporting currency), order lines per order, rush lines and return lines as a share of
--       all lines, recorded activities per order
--   median_value  the peers' median of the same
--   peer_count  how many peers, count
--   peers  the industry that they share; null where they are all accounts
--   cost_amount  what the driver cost the account, reporting currency; null where a part of it has no rate
--   at_median_amount  what it would cost at the median, by the account's own unit cost (the portfolio's, where it has
--       none), reporting currency
--   excess_amount  cost_amount − at_median_amount, reporting currency: above 0 is dearer than the peers
-- Left out: drivers that no part of the cost model charges; accounts without an order in the window.
create or replace macro value.serving_drivers(as_of DATE) as table
with parts as (
    select
        volumes.account_id,
        case
            when volumes.volume = 'orders' then 'drop_size'
            when volumes.volume = 'lines' then 'lines_per_order'
            when volumes.volume like 'rush_%' then 'rush_share'
            when volumes.volume like 'return_%' or volumes.volume = 'credit_notes' then 'return_share'
            else volumes.volume
        end as driver,
        (
            cast(volumes.quantity - volumes.measured_quantity as double) * cast(volumes.coefficient_minutes as double)
            * case
                when volumes.part = 0 or costs.quantity = 0 then 1
                else cast(costs.unmeasured_quantity as double) / cast(costs.quantity as double)
            end
            + cast(volumes.measured_minutes as double)
        ) * cast(costs.rate_amount as double) as cost_amount,
        costs.cost_amount is null as is_unknown
    from value.event_volumes(as_of) as volumes
    join value.activity_costs(as_of) as costs
        on costs.account_id = volumes.account_id
        and costs.activity_code = volumes.activity_code
        and costs.stretch_from = volumes.stretch_from
),
spent as (
    select account_id, driver, case when not bool_or(is_unknown) then sum(cost_amount) end as cost_amount
    from parts
    group by account_id, driver
),
-- One volume may stand in several equations: counted once.
recorded as (
    select account_id, volume as driver, sum(quantity) as quantity
    from (
        select distinct account_id, volume, stretch_from, quantity
        from value.event_volumes(as_of)
        where volume like 'activity:%'
    ) as once
    group by account_id, volume
),
bought as (
    select
        facts.account_id,
        account.name,
        account.industry,
        cast(facts.positive_revenue_12m as double) as purchases,
        cast(facts.orders_12m as double) as orders,
        cast(facts.line_count_12m as double) as lines,
        cast(facts.rush_line_count_12m as double) as rush_lines,
        cast(facts.return_line_count_12m as double) as return_lines
    from ledgers.account_facts(as_of) as facts
    join ledgers.accounts as account on account.account_id = facts.account_id
    where facts.orders_12m > 0
),
-- volume: what the driver's cost hangs on; base: what it is measured against.
measured as (
    select
        bought.account_id,
        bought.name,
        bought.industry,
        drivers.driver,
        case drivers.driver
            when 'drop_size' then bought.purchases / bought.orders
            when 'lines_per_order' then bought.lines / bought.orders
            when 'rush_share' then bought.rush_lines / bought.lines
            when 'return_share' then bought.return_lines / bought.lines
            else coalesce(cast(recorded.quantity as double), 0) / bought.orders
        end as own_value,
        case drivers.driver
            when 'drop_size' then bought.orders
            when 'lines_per_order' then bought.lines
            when 'rush_share' then bought.rush_lines
            when 'return_share' then bought.return_lines
            else coalesce(cast(recorded.quantity as double), 0)
        end as volume,
        case
            when drivers.driver = 'drop_size' then bought.purchases
            when drivers.driver in ('rush_share', 'return_share') then bought.lines
            else bought.orders
        end as base,
        case when spent.account_id is null then 0 else spent.cost_amount end as cost_amount
    from bought
    cross join (select distinct driver from spent) as drivers
    left join spent on spent.account_id = bought.account_id and spent.driver = drivers.driver
    left join recorded on recorded.account_id = bought.account_id and recorded.driver = drivers.driver
),
everyone as (
    select
        driver,
        count(*) as peer_count,
        percentile_cont(0.5) within group (order by own_value) as median_value,
        sum(case when cost_amount is not null then cost_amount end)
            / nullif(sum(case when cost_amount is not null then volume end), 0) as unit_cost
    from measured
    group by driver
),
industries as (
    select
        driver,
        industry,
        count(*) as peer_count,
        percentile_cont(0.5) within group (order by own_value) as median_value
    from measured
    where industry is not null
    group by driver, industry
),
enough as (
    select max(value) filter (where parameter_id = 'value.peers_at_least') as peers_at_least
    from parameters.effective(as_of)
),
compared as (
    select
        measured.*,
        case when industries.driver is not null then measured.industry end as peers,
        coalesce(industries.peer_count, everyone.peer_count) as peer_count,
        coalesce(industries.median_value, everyone.median_value) as median_value,
        case when measured.volume <> 0 and measured.cost_amount <> 0
            then measured.cost_amount / measured.volume else everyone.unit_cost end as unit_cost
    from measured
    join everyone on everyone.driver = measured.driver
    cross join enough
    left join industries
        on industries.driver = measured.driver
        and industries.industry = measured.industry
        and industries.peer_count >= enough.peers_at_least
),
priced as (
    select
        *,
        case
            when cost_amount is null then null
            when driver = 'drop_size' then unit_cost * base / nullif(median_value, 0)
            else unit_cost * base * median_value
        end as at_median_amount
    from compared
),
named as (
    select 'activity:' || activity.activity_code as driver, activity.name
    from value.cost_activities as activity
    join value.cost_model_in_force(as_of) as model on model.model_id = activity.model_id
    where activity.driver = 'activities'
    union all
    select term.volume, min(term.name)
    from value.cost_terms as term
    join value.cost_model_in_force(as_of) as model on model.model_id = term.model_id
    where term.volume like 'activity:%'
    group by term.volume
)
select
    priced.account_id,
    priced.name,
    priced.industry,
    priced.driver,
    min(named.name) as activity_name,
    priced.own_value,
    priced.median_value,
    priced.peer_count,
    priced.peers,
    cast(priced.cost_amount as decimal(18, 2)) as cost_amount,
    cast(priced.at_median_amount as decimal(18, 2)) as at_median_amount,
    cast(priced.cost_amount - priced.at_median_amount as decimal(18, 2)) as excess_amount
from priced
left join named on named.driver = priced.driver
group by all;
