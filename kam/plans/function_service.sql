-- plans.function_service(as_of DATE)
-- One row: a function that owes a commitment or has a complaint up to as_of, over all accounts.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   function                  the function (data/commitments.toml)
--   account_count             accounts with a running commitment of this function, count
--   commitment_count          commitments that run on as_of, count
--   kept_count_12m            observations that one was kept, count
--   broken_count_12m          observations that one was not, count
--   kept_share_12m            kept ÷ all observations, share; null without any
--   overdue_commitment_count  dated commitments past their day and never seen kept, count
--   unobserved_count          running commitments never observed, count
--   open_complaint_count      complaints open on as_of, count
--   overdue_complaint_count   those with a clock that ran out, count
--   complaint_count_12m       complaints received in the window, count
create or replace macro plans.function_service(as_of DATE) as table
with promised as (
    select
        function,
        count(distinct account_id) filter (where is_open) as account_count,
        count(*) filter (where is_open) as commitment_count,
        sum(kept_count_12m)::bigint as kept_count_12m,
        sum(broken_count_12m)::bigint as broken_count_12m,
        count(*) filter (where commitment_state = 'overdue') as overdue_commitment_count,
        count(*) filter (where is_open and last_observed_on is null) as unobserved_count
    from plans.commitment_list(as_of)
    group by function
),
complained as (
    select
        function,
        count(*) filter (where is_open) as open_complaint_count,
        count(*) filter (where complaint_state = 'overdue') as overdue_complaint_count,
        count(*) filter (where received_on > as_of - interval 12 months) as complaint_count_12m
    from plans.complaint_list(as_of)
    group by function
)
select
    coalesce(promised.function, complained.function) as function,
    coalesce(promised.account_count, 0) as account_count,
    coalesce(promised.commitment_count, 0) as commitment_count,
    coalesce(promised.kept_count_12m, 0) as kept_count_12m,
    coalesce(promised.broken_count_12m, 0) as broken_count_12m,
    promised.kept_count_12m / nullif(promised.kept_count_12m + promised.broken_count_12m, 0) as kept_share_12m,
    coalesce(promised.overdue_commitment_count, 0) as overdue_commitment_count,
    coalesce(promised.unobserved_count, 0) as unobserved_count,
    coalesce(complained.open_complaint_count, 0) as open_complaint_count,
    coalesce(complained.overdue_complaint_count, 0) as overdue_complaint_count,
    coalesce(complained.complaint_count_12m, 0) as complaint_count_12m
from promised
full join complained on complained.function = promised.function;
