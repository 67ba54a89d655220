-- managers.load(as_of DATE)
-- One row: an account manager on record.
-- Columns:
--   manager_id        the manager
--   name              name
--   background        sales, technical, project, finance, operations, other; null where unknown
--   region            region; null where unknown
--   languages         languages; null where unknown
--   account_count     key accounts held on as_of
--   account_names     their names, in order; null without
--   hours_needed      hours a year that they take
--   covered_count     key accounts covered on as_of for managers who are absent
--   covered_hours     hours a year that those take
--   account_cap       key accounts that the manager takes at most; null where the record does not say
--   hours_given       hours a year for key accounts: recorded for the manager, else managers.hours_given; null where
--       neither is set
--   load_share        (hours_needed + covered_hours) / hours_given, share; null where hours_given is unknown or 0
--   load_state        over_cap (more accounts than the cap or more hours than given), at_cap (exactly), free; null
--       where neither limit is known
--   has_left          true where the manager has left up to as_of
--   left_on           since when; null otherwise
--   absent_until      last day of an absence that holds on as_of; null otherwise
--   deputy_name       who covers it; null where nobody does
--   presence          left, away_uncovered (absent without a deputy who is there), absent or present
-- Left out: managers whom accounts name and the record lacks (managers.holdings has them without manager_id).
create or replace macro managers.load(as_of DATE) as table
with rules as (
    select max(value) filter (where parameter_id = 'managers.hours_given') as hours_given
    from parameters.effective(as_of)
),
departed as (
    select manager_id, state = 'left' as has_left, stated_on
    from managers.departures
    where stated_on <= as_of
    qualify row_number() over (partition by manager_id order by stated_on desc, departure_id desc) = 1
),
capacity as (
    select manager_id, hours_a_year
    from managers.capacities
    where from_on <= as_of
    qualify row_number() over (partition by manager_id order by from_on desc, capacity_id desc) = 1
),
held as (
    select
        manager_id,
        count(*) as account_count,
        string_agg(name, ', ' order by name) as account_names,
        sum(hours) as hours_needed
    from managers.holdings(as_of)
    where manager_id is not null
    group by manager_id
),
absent as (
    select manager_id, deputy_manager_id, until_on
    from managers.absences
    where as_of between from_on and until_on
    qualify row_number() over (partition by manager_id order by until_on desc, absence_id desc) = 1
),
covered as (
    select absent.deputy_manager_id, sum(held.account_count) as covered_count, sum(held.hours_needed) as covered_hours
    from absent
    join held on held.manager_id = absent.manager_id
    where absent.deputy_manager_id is not null
    group by absent.deputy_manager_id
),
loaded as (
    select
        people.manager_id,
        people.name,
        people.background,
        people.region,
        people.languages,
        coalesce(held.account_count, 0) as account_count,
        held.account_names,
        coalesce(held.hours_needed, 0) as hours_needed,
        coalesce(covered.covered_count, 0)::bigint as covered_count,
        coalesce(covered.covered_hours, 0) as covered_hours,
        people.max_accounts as account_cap,
        coalesce(capacity.hours_a_year, rules.hours_given) as hours_given,
        coalesce(departed.has_left, false) as has_left,
        case when departed.has_left then departed.stated_on end as left_on,
        absent.until_on as absent_until,
        deputies.name as deputy_name,
        deputies.manager_id is null
            or coalesce(deputy_departed.has_left, false)
            or deputy_absent.manager_id is not null as is_uncovered
    from ledgers.account_managers as people
    cross join rules
    left join held on held.manager_id = people.manager_id
    left join covered on covered.deputy_manager_id = people.manager_id
    left join capacity on capacity.manager_id = people.manager_id
    left join departed on departed.manager_id = people.manager_id
    left join absent on absent.manager_id = people.manager_id
    left join ledgers.account_managers as deputies on deputies.manager_id = absent.deputy_manager_id
    left join departed as deputy_departed on deputy_departed.manager_id = absent.deputy_manager_id
    left join absent as deputy_absent on deputy_absent.manager_id = absent.deputy_manager_id
)
select
    manager_id,
    name,
    background,
    region,
    languages,
    account_count,
    account_names,
    hours_needed,
    covered_count,
    covered_hours,
    account_cap,
    hours_given,
    case when hours_given > 0 then (hours_needed + covered_hours) / hours_given end as load_share,
    case
        when account_cap is null and hours_given is null then null
        when account_count > account_cap or hours_needed + covered_hours > hours_given then 'over_cap'
        when account_count = account_cap or hours_needed + covered_hours = hours_given then 'at_cap'
        else 'free'
    end as load_state,
    has_left,
    left_on,
    absent_until,
    deputy_name,
    case
        when has_left then 'left'
        when absent_until is null then 'present'
        when is_uncovered then 'away_uncovered'
        else 'absent'
    end as presence
from loaded;
