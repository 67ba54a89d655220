-- verification.orphans
-- One row: a reference between two tables that leads nowhere, with how often it does. Empty in a sound database.
-- Columns:
--   referring     table.column that refers
--   referred      table that should hold it
--   missing_id    the value that is not there, as text
--   row_count     rows of the referring table with that value
-- Left out: product_id of lines and opportunities, and contact_id of interactions and surveys, which may name
-- what no master lists.
create or replace view verification.orphans as
with found as (
    select 'ledgers.accounts.parent_account_id' as referring, 'ledgers.accounts' as referred, parent_account_id::varchar as missing_id
    from ledgers.accounts anti join (select account_id as known from ledgers.accounts) on known = parent_account_id
    union all
    select 'ledgers.order_lines.account_id', 'ledgers.accounts', account_id
    from ledgers.order_lines anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.account_month.account_id', 'ledgers.accounts', account_id
    from ledgers.account_month anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.activities.account_id', 'ledgers.accounts', account_id
    from ledgers.activities anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contacts.account_id', 'ledgers.accounts', account_id
    from ledgers.contacts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contacts.reports_to', 'ledgers.contacts', reports_to
    from ledgers.contacts anti join (select contact_id as known from ledgers.contacts) on known = reports_to
    union all
    select 'ledgers.opportunities.account_id', 'ledgers.accounts', account_id
    from ledgers.opportunities anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contracts.account_id', 'ledgers.accounts', account_id
    from ledgers.contracts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.interactions.account_id', 'ledgers.accounts', account_id
    from ledgers.interactions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.survey_responses.account_id', 'ledgers.accounts', account_id
    from ledgers.survey_responses anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.import_rejects.import_id', 'ledgers.imports', import_id::varchar
    from ledgers.import_rejects anti join (select import_id as known from ledgers.imports) on known = import_id
    union all
    select 'ledgers.before_images.import_id', 'ledgers.imports', import_id::varchar
    from ledgers.before_images anti join (select import_id as known from ledgers.imports) on known = import_id
    union all
    select 'programme.roster_decisions.account_id', 'ledgers.accounts', account_id
    from programme.roster_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'programme.roster_decisions.criteria_set_id', 'selection.criteria_sets', criteria_set_id::varchar
    from programme.roster_decisions anti join (select criteria_set_id as known from selection.criteria_sets) on known = criteria_set_id
    union all
    select 'sponsorship.decisions.account_id', 'ledgers.accounts', account_id
    from sponsorship.decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'reviews.reviews.account_id', 'ledgers.accounts', account_id
    from reviews.reviews anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'reviews.actions.review_id', 'reviews.reviews', review_id::varchar
    from reviews.actions anti join (select review_id as known from reviews.reviews) on known = review_id
    union all
    select 'benchmarking.ratings.round_id', 'benchmarking.rounds', round_id::varchar
    from benchmarking.ratings anti join (select round_id as known from benchmarking.rounds) on known = round_id
    union all
    select 'value.initiatives.account_id', 'ledgers.accounts', account_id
    from value.initiatives anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.risk_ratings.account_id', 'ledgers.accounts', account_id
    from value.risk_ratings anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.relational_ratings.account_id', 'ledgers.accounts', account_id
    from value.relational_ratings anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.scenarios.account_id', 'ledgers.accounts', account_id
    from value.scenarios anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.cost_pools.model_id', 'value.cost_models', model_id::varchar
    from value.cost_pools anti join (select model_id as known from value.cost_models) on known = model_id
    union all
    select 'value.cost_activities.pool_id', 'value.cost_pools', pool_id
    from value.cost_activities
    anti join (select model_id as known_model, pool_id as known from value.cost_pools) on known = pool_id and known_model = model_id
)
select referring, referred, missing_id, count(*)::bigint as row_count
from found
where missing_id is not null
group by referring, referred, missing_id;
