-- quality.freshness(as_of DATE)
-- One row: a table of facts, with how far it reaches and what it came from last.
-- Columns:
--   table_name         the table, as it is imported
--   row_count          rows in it
--   last_fact_on       latest day that a row speaks of, up to as_of; null where rows have no day of their own
--   age_days           as_of − last_fact_on, days
--   last_import_id     latest import into it that stands; null without
--   last_imported_at   when that finished, UTC
--   last_file          the files it came from
--   open_reject_count  rows that its standing imports rejected and nobody has settled
create or replace macro quality.freshness(as_of DATE) as table
with held as (
    select 'accounts' as table_name, count(*) as row_count, null::date as last_fact_on from ledgers.accounts
    union all
    select 'products', count(*), null from ledgers.products
    union all
    select 'order_lines', count(*), max(case when order_date <= as_of then order_date end) from ledgers.order_lines
    union all
    select 'payments', count(*), max(case when paid_on <= as_of then paid_on end) from ledgers.payments
    union all
    select 'activities', count(*), max(case when occurred_on <= as_of then occurred_on end) from ledgers.activities
    union all
    select 'contacts', count(*), null from ledgers.contacts
    union all
    select 'opportunities', count(*), null from ledgers.opportunities
    union all
    select 'contracts', count(*), max(case when start_date <= as_of then start_date end) from ledgers.contracts
    union all
    select 'interactions', count(*), max(case when occurred_on <= as_of then occurred_on end) from ledgers.interactions
    union all
    select 'survey_responses', count(*), max(case when answered_on <= as_of then answered_on end)
    from ledgers.survey_responses
    union all
    select 'executives', count(*), null from ledgers.executives
    union all
    select 'account_managers', count(*), null from ledgers.account_managers
    union all
    select 'exchange_rates', count(*), max(case when valid_from <= as_of then valid_from end) from ledgers.exchange_rates
),
standing as (
    select * from ledgers.imports where undone_at is null
),
latest as (
    select
        table_name,
        max(import_id) as last_import_id,
        arg_max(finished_at, import_id) as last_imported_at,
        arg_max(file_name, import_id) as last_file
    from standing
    group by table_name
),
open_rejects as (
    select standing.table_name, sum(standing.rejected_count) as open_reject_count
    from standing
    anti join quality.settled_rejects as settled on settled.import_id = standing.import_id
    group by standing.table_name
)
select
    held.table_name,
    held.row_count,
    held.last_fact_on,
    date_diff('day', held.last_fact_on, as_of) as age_days,
    latest.last_import_id,
    latest.last_imported_at,
    latest.last_file,
    coalesce(open_rejects.open_reject_count, 0)::bigint as open_reject_count
from held
left join latest on latest.table_name = held.table_name
left join open_rejects on open_rejects.table_name = held.table_name;
