-- relationships.stage_evidence(as_of DATE, of_account VARCHAR)
-- One row: what the records of an account show of the relationship's stage on as_of. None for an unknown account.
-- Window: (as_of − 12 months, as_of].
-- Columns:
--   has_bought          true where it ever purchased up to as_of
--   active_months_12m   calendar months with a purchase
--   contact_count       contacts on record who are still there
--   active_count        of them, in touch within relationships.contact_active_days
--   service_count_12m   executive visits, trainings, symposia and meetings, the service that not every account gets
--   running_contracts   contracts that run on as_of
create or replace macro relationships.stage_evidence(as_of DATE, of_account VARCHAR) as table
select
    coalesce(bought.has_bought, false) as has_bought,
    coalesce(bought.active_months, 0) as active_months_12m,
    people.contact_count,
    people.active_count,
    served.service_count as service_count_12m,
    agreed.running_count as running_contracts
from (
    select
        bool_or(positive_revenue > 0) as has_bought,
        count(distinct month) filter (
            where positive_revenue > 0 and month > date_trunc('month', as_of) - interval 12 months
        ) as active_months
    from ledgers.account_month
    where account_id = of_account and month <= as_of
) as bought
cross join (
    select count(*) as contact_count, count(*) filter (where is_active) as active_count
    from relationships.contacts(as_of, of_account)
    where is_here
) as people
cross join (
    select count(*) as service_count
    from relationships.dealings(as_of)
    where account_id = of_account and kind in ('executive_visit', 'training', 'symposium', 'meeting')
        and occurred_on > as_of - interval 12 months
) as served
cross join (
    select count(*) as running_count
    from ledgers.contracts
    where account_id = of_account and start_date <= as_of and (end_date is null or end_date >= as_of)
) as agreed
where exists (select 1 from ledgers.accounts where account_id = of_account);
