-- relationships.health_parts(as_of DATE, of_account VARCHAR)
-- One row: an account × a part of its health on as_of, in points 0 to 100. Eight rows each; none for an unknown account.
-- of_account null: of every account.
-- Windows: 12 months are (as_of − 12 months, as_of], the 12 months before lie in front of them.
-- Columns:
--   account_id   the account
--   part         delivery, satisfaction, trend, coverage, executive, claims, horizon or progress
--   weight       relationships.health_weight_<part>, points
--   points       0 (worst) to 100 (best); null where the evidence is missing
--   value        the figure behind it: promises kept; mean mark 0–100; growth, share; Σ influence of active contacts;
--                days since our executives' last visit; share of returns; months until the last contract ends; actions done
--   basis        what it is measured against: promises due; people who answered; revenue of the 12 months before;
--                Σ influence; days allowed; complaints of 12 months; contracts that run; actions due
--   evidence_on  the latest day that the part's evidence speaks of; null without evidence
-- Delivery: promises (next steps) due in 12 months that were settled as kept by their due date, of those settled and
-- those written down here that are overdue; of an import nobody says what became of it.
-- Satisfaction: the latest answers of each person within 24 months; mean by person, then by role, then over roles.
-- Trend: growth of revenue, 0 at relationships.trend_worst, 100 at relationships.trend_best. Claims: the mean of returns
-- (0 at relationships.returns_worst) and complaints (0 at relationships.complaints_worst; unknown without interactions).
-- Executive: 100 within sponsorship.contact_overdue_after_days, falling to 0 at twice that. Horizon: 100 from
-- relationships.horizon_months on, or without an end; 0 where every contract on record has ended.
create or replace macro relationships.health_parts(as_of DATE, of_account VARCHAR) as table
with held as (
    select
        max(value) filter (where parameter_id = 'relationships.trend_worst') as trend_worst,
        max(value) filter (where parameter_id = 'relationships.trend_best') as trend_best,
        max(value) filter (where parameter_id = 'relationships.returns_worst') as returns_worst,
        max(value) filter (where parameter_id = 'relationships.complaints_worst') as complaints_worst,
        max(value) filter (where parameter_id = 'relationships.horizon_months') as horizon_months,
        max(value) filter (where parameter_id = 'sponsorship.contact_overdue_after_days') as visit_days
    from parameters.effective(as_of)
),
wanted as (
    select account_id from ledgers.accounts where of_account is null or account_id = of_account
),
dealt as (
    select * from relationships.dealings(as_of) where of_account is null or account_id = of_account
),
people as materialized (
    select account_id, contact_id, role, influence, is_here, is_active from relationships.contacts(as_of, of_account)
),
log as (
    select
        account_id,
        max(occurred_on) as last_on,
        max(occurred_on) filter (where kind = 'executive_visit') as last_visit_on,
        count(*) filter (where kind = 'complaint' and occurred_on > as_of - interval 12 months) as complaint_count
    from dealt
    group by account_id
),
promises as (
    select
        account_id,
        count(*) filter (where promise_state = 'kept' and settled_on <= next_step_due) as kept_count,
        count(*) as due_count,
        max(next_step_due) as last_on
    from dealt
    where next_step_due <= as_of and next_step_due > as_of - interval 12 months
        and (promise_state in ('kept', 'dropped') or (promise_state = 'overdue' and is_captured))
    group by account_id
),
answers as (
    select
        survey_responses.account_id,
        coalesce(survey_responses.contact_id, '') as respondent,
        coalesce(people.role, '') as role,
        survey_responses.answered_on,
        (performance - 1) / (scale_points - 1) * 100 as mark
    from ledgers.survey_responses
    left join people on people.contact_id = survey_responses.contact_id
    where (of_account is null or survey_responses.account_id = of_account) and performance is not null
        and answered_on <= as_of and answered_on > as_of - interval 24 months
    qualify answered_on = max(answered_on) over (partition by survey_responses.account_id, respondent)
),
satisfied as (
    select account_id, avg(role_mark) as mark, sum(respondent_count) as respondent_count, max(last_on) as last_on
    from (
        select account_id, role, avg(mark) as role_mark, count(*) as respondent_count, max(last_on) as last_on
        from (
            select account_id, respondent, role, avg(mark) as mark, max(answered_on) as last_on
            from answers
            group by account_id, respondent, role
        )
        group by account_id, role
    )
    group by account_id
),
months as (
    select
        account_id,
        coalesce(sum(net_revenue) filter (where is_now), 0) as revenue,
        sum(net_revenue) filter (where not is_now) as before,
        coalesce(sum(return_amount) filter (where is_now), 0) as returned,
        coalesce(sum(positive_revenue) filter (where is_now), 0) as bought
    from (
        select account_id, net_revenue, return_amount, positive_revenue, true as is_now
        from ledgers.months_between(
            cast(as_of - interval 12 months + interval 1 day as date), cast(as_of + interval 1 day as date)
        )
        where of_account is null or account_id = of_account
        union all
        select account_id, net_revenue, return_amount, positive_revenue, false
        from ledgers.months_between(
            cast(as_of - interval 24 months + interval 1 day as date),
            cast(as_of - interval 12 months + interval 1 day as date)
        )
        where of_account is null or account_id = of_account
    )
    group by account_id
),
ledger as (
    select max(least(last_order_on, as_of)) as last_on from ledgers.account_month where month <= as_of
),
covered as (
    select
        account_id,
        sum(influence) filter (where is_active) as active_influence,
        sum(influence) as all_influence
    from people
    where is_here
    group by account_id
),
agreements as (
    select
        account_id,
        count(*) filter (where end_date is null or end_date >= as_of) as running_count,
        bool_or(end_date is null) as is_endless,
        max(date_diff('day', as_of, end_date)) / 30.4375 as months_left
    from ledgers.contracts
    where (of_account is null or account_id = of_account) and start_date <= as_of
    group by account_id
),
actions as (
    select
        account_id,
        count(*) filter (where action_state = 'done') as done_count,
        count(*) filter (where action_state in ('done', 'overdue')) as due_count,
        max(due_on) filter (where action_state in ('done', 'overdue')) as last_on
    from reviews.action_list(as_of)
    where (of_account is null or account_id = of_account) and due_on <= as_of and due_on > as_of - interval 12 months
    group by account_id
),
parts as (
    select account_id, 'delivery' as part, kept_count * 100.0 / nullif(due_count, 0) as points, kept_count::double as value,
        due_count::double as basis, last_on as evidence_on
    from promises
    union all
    select account_id, 'satisfaction', mark, mark, respondent_count::double, last_on from satisfied
    union all
    select account_id, 'trend',
        100 * (revenue / nullif(greatest(before, 0), 0) - 1 - trend_worst) / (trend_best - trend_worst),
        (revenue / nullif(greatest(before, 0), 0) - 1)::double, before::double, ledger.last_on
    from months cross join ledger cross join held
    union all
    select log.account_id, 'coverage',
        case when log.last_on is not null then coalesce(active_influence, 0) * 100.0 / nullif(all_influence, 0) end,
        coalesce(active_influence, 0)::double, all_influence::double, log.last_on
    from log left join covered on covered.account_id = log.account_id
    union all
    select account_id, 'executive',
        case
            when last_visit_on is null then 0
            else 100 * (2 - date_diff('day', last_visit_on, as_of) / visit_days)
        end,
        date_diff('day', last_visit_on, as_of)::double, visit_days, coalesce(last_visit_on, log.last_on)
    from log cross join held
    union all
    select months.account_id, 'claims',
        case
            when bought > 0 and log.last_on is not null then (
                greatest(0, 100 * (1 - returned / bought / returns_worst))
                + greatest(0, 100 * (1 - complaint_count / complaints_worst))
            ) / 2
            when bought > 0 then 100 * (1 - returned / bought / returns_worst)
        end,
        (returned / nullif(bought, 0))::double,
        case when log.last_on is not null then complaint_count::double end,
        ledger.last_on
    from months left join log on log.account_id = months.account_id cross join ledger cross join held
    union all
    select account_id, 'horizon',
        case
            when is_endless then 100
            else 100 * months_left / horizon_months
        end,
        case when not is_endless then months_left end, running_count::double,
        as_of
    from agreements cross join held
    union all
    select account_id, 'progress', done_count * 100.0 / nullif(due_count, 0), done_count::double, due_count::double, last_on
    from actions
)
select
    wanted.account_id,
    named.part,
    weights.value as weight,
    -- least and greatest pass over nulls: unknown has to stay unknown.
    case when parts.points is not null then least(100, greatest(0, parts.points)) end::double as points,
    parts.value::double as value,
    parts.basis::double as basis,
    case when parts.points is not null then parts.evidence_on::date end as evidence_on
from wanted
cross join (
    select unnest(
        ['delivery', 'satisfaction', 'trend', 'coverage', 'executive', 'claims', 'horizon', 'progress']
    ) as part
) as named
left join parts on parts.account_id = wanted.account_id and parts.part = named.part
left join parameters.effective(as_of) as weights on weights.parameter_id = 'relationships.health_weight_' || named.part;
