-- sponsorship.executive_load(as_of DATE)
-- One row: an executive on record, or one who is still named as a sponsor without being on record.
-- Columns:
--   executive_id    our executive
--   name            name; the id where the executive is no longer on record
--   title           title
--   level           board, c_level, vice_president, director; null where unknown
--   region          region; null where unknown
--   is_on_record    false where the executive master no longer has this person
--   account_count   accounts sponsored on as_of, whether still in the programme or not
--   own_cap         accounts this executive takes by their own word; null where they did not say
--   cap             accounts before a warning: own_cap, else sponsorship.accounts_at_most; never above hard_cap; null
--                   where no rule is set
--   hard_cap        accounts at the very most (sponsorship.accounts_refused_above); null where no rule is set
--   load_share      account_count / cap, share; null where there is no cap
--   load_state      over_hard_cap, over_cap, at_cap, free; null where there is no cap
--   left_on         the day the executive left; null where they are with us
--   hours_needed    hours a year that the sponsored key accounts ask (sponsorship.account_hours); null where one is unknown
--   hours_given     hours a year that the executive gives; null where nothing is recorded
--   hours_share     hours_needed / hours_given, share; null where either is unknown
--   hours_state     over_hours, within_hours; null where either is unknown
--   deputy_count    accounts for which the executive is the deputy, count
create or replace macro sponsorship.executive_load(as_of DATE) as table
with rules as (
    select
        max(value) filter (where parameter_id = 'sponsorship.accounts_at_most')::integer as soft_cap,
        max(value) filter (where parameter_id = 'sponsorship.accounts_refused_above')::integer as hard_cap
    from parameters.effective(as_of)
),
held as (
    select
        standing.executive_id,
        count(*) as account_count,
        -- A sponsored account that has left the programme asks for no hours; one of unknown hours makes the sum unknown.
        case
            when bool_and(account_hours.account_id is null or account_hours.hours is not null)
                then coalesce(sum(account_hours.hours), 0)
        end as hours_needed
    from sponsorship.standing(as_of) as standing
    left join sponsorship.account_hours(as_of) as account_hours on account_hours.account_id = standing.account_id
    where standing.is_active
    group by standing.executive_id
),
deputised as (
    select executive_id, count(*) as deputy_count
    from sponsorship.deputies(as_of)
    group by executive_id
),
people as (
    select
        coalesce(executives.executive_id, held.executive_id) as executive_id,
        coalesce(executives.name, held.executive_id) as name,
        executives.title,
        executives.level,
        executives.region,
        executives.executive_id is not null as is_on_record,
        coalesce(held.account_count, 0) as account_count,
        executives.max_accounts as own_cap,
        case
            when coalesce(executives.max_accounts, rules.soft_cap) is null then null
            else least(coalesce(executives.max_accounts, rules.soft_cap), rules.hard_cap)
        end as cap,
        rules.hard_cap,
        case when held.executive_id is null then 0 else held.hours_needed end as hours_needed
    from ledgers.executives
    full join held on held.executive_id = executives.executive_id
    cross join rules
)
select
    people.executive_id,
    people.name,
    people.title,
    people.level,
    people.region,
    people.is_on_record,
    people.account_count,
    people.own_cap,
    people.cap,
    people.hard_cap,
    people.account_count / nullif(people.cap, 0) as load_share,
    case
        when people.account_count > people.hard_cap then 'over_hard_cap'
        when people.cap is null then null
        when people.account_count > people.cap then 'over_cap'
        when people.account_count = people.cap then 'at_cap'
        else 'free'
    end as load_state,
    recorded.left_on,
    people.hours_needed,
    recorded.hours_given,
    people.hours_needed / nullif(recorded.hours_given, 0) as hours_share,
    case
        when people.hours_needed > recorded.hours_given then 'over_hours'
        when people.hours_needed <= recorded.hours_given then 'within_hours'
    end as hours_state,
    coalesce(deputised.deputy_count, 0) as deputy_count
from people
left join sponsorship.executive_standing(as_of) as recorded on recorded.executive_id = people.executive_id
left join deputised on deputised.executive_id = people.executive_id;
