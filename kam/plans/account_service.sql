-- plans.account_service(as_of DATE)
-- One row: an account with a commitment, complaint or concession up to as_of: the reading for its health.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   account_id                the account
--   commitment_count          commitments that run on as_of, count
--   kept_count_12m            observations that one was kept, count
--   broken_count_12m          observations that one was not, count
--   kept_share_12m            kept ÷ all observations, share; null without any
--   overdue_commitment_count  dated commitments past their day and never seen kept, count
--   open_complaint_count      complaints open on as_of, count
--   overdue_complaint_count   those with a clock that ran out, count
--   highest_escalation        the highest level of an open complaint, 0 to 3; null where none is open
--   complaint_count_12m       complaints received in the window, count
--   in_time_share_12m         complaints closed in the window that were solved in time ÷ those with a clock, share; null
--                             without any
--   price_cost_amount         cost a year of the price concessions that run, reporting currency; null where one is unknown
--   non_price_cost_amount     cost a year of the non-price measures that run, reporting currency; null where one is unknown
create or replace macro plans.account_service(as_of DATE) as table
with promised as (
    select
        account_id,
        count(*) filter (where is_open) as commitment_count,
        sum(kept_count_12m)::bigint as kept_count_12m,
        sum(broken_count_12m)::bigint as broken_count_12m,
        count(*) filter (where commitment_state = 'overdue') as overdue_commitment_count
    from plans.commitment_list(as_of)
    group by account_id
),
complained as (
    select
        account_id,
        count(*) filter (where is_open) as open_complaint_count,
        count(*) filter (where complaint_state = 'overdue') as overdue_complaint_count,
        max(escalation_level) as highest_escalation,
        count(*) filter (where received_on > as_of - interval 12 months) as complaint_count_12m,
        avg(is_solved_in_time::integer) filter (where closed_on > as_of - interval 12 months) as in_time_share_12m
    from plans.complaint_list(as_of)
    group by account_id
),
given as (
    select
        account_id,
        case when count(*) filter (where kind = 'price' and cost_amount is null) = 0
            then coalesce(sum(cost_amount) filter (where kind = 'price'), 0) end as price_cost_amount,
        case when count(*) filter (where kind = 'non_price' and cost_amount is null) = 0
            then coalesce(sum(cost_amount) filter (where kind = 'non_price'), 0) end as non_price_cost_amount
    from plans.concession_list(as_of)
    where is_running
    group by account_id
),
concerned as (
    select account_id from promised union select account_id from complained union select account_id from given
)
select
    concerned.account_id,
    coalesce(promised.commitment_count, 0) as commitment_count,
    coalesce(promised.kept_count_12m, 0) as kept_count_12m,
    coalesce(promised.broken_count_12m, 0) as broken_count_12m,
    promised.kept_count_12m / nullif(promised.kept_count_12m + promised.broken_count_12m, 0) as kept_share_12m,
    coalesce(promised.overdue_commitment_count, 0) as overdue_commitment_count,
    coalesce(complained.open_complaint_count, 0) as open_complaint_count,
    coalesce(complained.overdue_complaint_count, 0) as overdue_complaint_count,
    complained.highest_escalation,
    coalesce(complained.complaint_count_12m, 0) as complaint_count_12m,
    complained.in_time_share_12m,
    case when given.account_id is null then 0 else given.price_cost_amount end as price_cost_amount,
    case when given.account_id is null then 0 else given.non_price_cost_amount end as non_price_cost_amount
from concerned
left join promised on promised.account_id = concerned.account_id
left join complained on complained.account_id = concerned.account_id
left join given on given.account_id = concerned.account_id;
