-- verification.import_differences
-- One row: an import that stands (not undone) whose counts or control totals its table no longer bears out.
-- Empty in a sound database.
-- Columns:
--   import_id     the import
--   table_name    the table that it filled
--   measured      rows, accounts created, or the controlled amount (net revenue, payments) in one currency
--   counted       what the import recorded as inserted and updated
--   held          what the table holds of it, together with the before-images of rows that later imports took over
-- Identity: a row carries the import that its present values come from; a later import that changes it keeps
-- the row as it was in ledgers.before_images, with the import it came from.
create or replace view verification.import_differences as
with standing as (
    select * from ledgers.imports where undone_at is null
),
carried as (
    select 'accounts' as table_name, import_id from ledgers.accounts
    union all select 'products', import_id from ledgers.products
    union all select 'order_lines', import_id from ledgers.order_lines
    union all select 'payments', import_id from ledgers.payments
    union all select 'activities', import_id from ledgers.activities
    union all select 'contacts', import_id from ledgers.contacts
    union all select 'opportunities', import_id from ledgers.opportunities
    union all select 'contracts', import_id from ledgers.contracts
    union all select 'interactions', import_id from ledgers.interactions
    union all select 'survey_responses', import_id from ledgers.survey_responses
    union all select 'executives', import_id from ledgers.executives
    union all select 'account_managers', import_id from ledgers.account_managers
    union all select 'exchange_rates', import_id from ledgers.exchange_rates
    -- A merged account left the master, and comes back with its import when the merge is undone.
    union all select 'accounts', import_id from ledgers.account_merges where undone_at is null
    union all
    select images.table_name, images.previous_import_id
    from ledgers.before_images as images
    join standing on standing.import_id = images.import_id
),
held_rows as (
    select table_name, import_id, count(*) as held from carried where import_id is not null group by all
),
rows_of_imports as (
    select import_id, table_name, 'rows' as measured, inserted_count + updated_count as counted, table_name as held_in
    from standing
    union all
    select import_id, table_name, 'accounts created', accounts_created_count, 'accounts'
    from standing
    where table_name = 'order_lines'
),
priced as (
    select import_id, currency, original_net_revenue as amount from ledgers.order_lines
    union all
    select import_id, currency, amount from ledgers.payments
    union all
    select
        images.previous_import_id,
        images.row_image ->> '$.currency',
        (images.row_image ->> case when images.table_name = 'payments' then '$.amount' else '$.original_net_revenue' end)
            ::decimal(18, 2)
    from ledgers.before_images as images
    join standing on standing.import_id = images.import_id
    where images.table_name in ('order_lines', 'payments')
),
held_totals as (
    select import_id, currency, sum(amount) as held from priced group by all
),
counted_totals as (
    select import_id, table_name, unnest(json_keys(control_totals)) as currency, control_totals
    from standing
    where table_name in ('order_lines', 'payments')
),
totals_of_imports as (
    select
        import_id,
        table_name,
        currency,
        (control_totals -> currency ->> 'inserted')::decimal(18, 2)
        + (control_totals -> currency ->> 'updated')::decimal(18, 2) as counted
    from counted_totals
)
select
    rows_of_imports.import_id,
    rows_of_imports.table_name,
    measured,
    counted::decimal(38, 2) as counted,
    coalesce(held, 0)::decimal(38, 2) as held
from rows_of_imports
left join held_rows on held_rows.import_id = rows_of_imports.import_id and held_rows.table_name = held_in
where counted is distinct from coalesce(held, 0)
union all
select
    totals_of_imports.import_id,
    totals_of_imports.table_name,
    case when totals_of_imports.table_name = 'payments' then 'payments in ' else 'net revenue in ' end
        || totals_of_imports.currency,
    counted,
    coalesce(held, 0)
from totals_of_imports
left join held_totals
    on held_totals.import_id = totals_of_imports.import_id and held_totals.currency = totals_of_imports.currency
where counted is distinct from coalesce(held, 0);
