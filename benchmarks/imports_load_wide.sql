-- The same into all columns that a line of the ledger has.
create or replace table held as
select
    *,
    'EUR' as currency,
    net_revenue as original_net_revenue,
    cogs as original_cogs,
    null::decimal(18, 2) as list_revenue,
    null::decimal(18, 2) as original_list_revenue,
    null::boolean as is_rush,
    null::varchar as named_account_id,
    null::varchar as line_kind,
    null::boolean as is_revenue,
    1::bigint as import_id
from drawn;
