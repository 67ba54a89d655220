-- relationships.contacts(as_of DATE, of_account VARCHAR)
-- One row: a contact of an account as known on as_of: the import, with what people of ours observed since.
-- of_account null: of every account.
-- Columns:
--   contact_id       the contact
--   account_id       the account
--   name             the person
--   title            the person's title
--   email            address
--   phone            number
--   reports_to       the contact above; null at the top, or where it is unknown
--   role             in the decision: decision maker, approver, influencer, user, gatekeeper, customer's sponsor …
--   influence        1 to 5; null where unknown
--   influence_status  confirmed, assumed or imported; null where unknown
--   attitude         −2 hostile to 2 advocate; null where unknown
--   attitude_status  confirmed, assumed or imported; null where unknown
--   our_owner        who of ours looks after the person
--   strength         recorded for our_owner, else what the interactions of 12 months show: unknown, no_contact, brief,
--                    several, in_depth
--   strength_status  confirmed or assumed where recorded; counted where it comes from the interactions
--   last_contact_on  the latest interaction that names the person, or the day somebody wrote down
--   touch_count_12m  interactions in (as_of − 12 months, as_of] that name the person
--   left_on          since when the person is no longer there; null while they are
--   is_here          false from left_on on
--   is_active        here, and in touch within relationships.contact_active_days
--   is_blind_spot    here, influence of relationships.blind_spot_influence or more, and not in touch within those days
--   facts_from       the oldest day on which one of influence, attitude, role was observed; null where one is only imported
--   version          the number of the latest observation of the person, 0 without one
create or replace macro relationships.contacts(as_of DATE, of_account VARCHAR) as table
with held as (
    select
        max(value) filter (where parameter_id = 'relationships.contact_active_days')::integer as active_days,
        max(value) filter (where parameter_id = 'relationships.blind_spot_influence')::integer as blind_influence,
        max(value) filter (where parameter_id = 'relationships.strength_several_from')::integer as several_from,
        max(value) filter (where parameter_id = 'relationships.strength_in_depth_from')::integer as in_depth_from
    from parameters.effective(as_of)
),
merged as (
    select
        contact_id,
        any_value(account_id) as account_id,
        max(value) filter (where attribute = 'name') as name,
        max(value) filter (where attribute = 'title') as title,
        max(value) filter (where attribute = 'email') as email,
        max(value) filter (where attribute = 'phone') as phone,
        max(value) filter (where attribute = 'reports_to') as reports_to,
        max(value) filter (where attribute = 'role') as role,
        max(value) filter (where attribute = 'influence')::integer as influence,
        max(status) filter (where attribute = 'influence' and value is not null) as influence_status,
        max(value) filter (where attribute = 'attitude')::integer as attitude,
        max(status) filter (where attribute = 'attitude' and value is not null) as attitude_status,
        max(value) filter (where attribute = 'our_owner') as our_owner,
        max(value) filter (where attribute = 'strength') as recorded_strength,
        max(status) filter (where attribute = 'strength' and value is not null) as recorded_strength_status,
        max(value) filter (where attribute = 'last_contact')::date as noted_contact_on,
        max(value) filter (where attribute = 'left')::date as left_on,
        case
            when count(*) filter (
                where attribute in ('influence', 'attitude', 'role') and value is not null and observed_on is null
            ) = 0
                then min(observed_on) filter (where attribute in ('influence', 'attitude', 'role') and value is not null)
        end as facts_from
    from relationships.contact_facts(as_of, of_account)
    group by contact_id
),
versions as (
    select contact_id, max(observation_id) as version
    from relationships.contact_observations
    where of_account is null or account_id = of_account
    group by contact_id
),
touches as (
    select
        contact_id,
        max(occurred_on) as last_touch_on,
        count(*) filter (where occurred_on > as_of - interval 12 months) as touch_count_12m
    from relationships.dealings(as_of)
    where contact_id is not null and (of_account is null or account_id = of_account)
    group by contact_id
),
logged as (
    select distinct account_id
    from relationships.dealings(as_of)
    where contact_id is not null and (of_account is null or account_id = of_account)
),
dated as (
    select
        merged.*,
        greatest(touches.last_touch_on, merged.noted_contact_on) as last_contact_on,
        coalesce(touches.touch_count_12m, 0) as touch_count_12m,
        logged.account_id is not null as is_logged,
        merged.left_on is null or merged.left_on > as_of as is_here,
        coalesce(versions.version, 0) as version
    from merged
    left join touches on touches.contact_id = merged.contact_id
    left join logged on logged.account_id = merged.account_id
    left join versions on versions.contact_id = merged.contact_id
)
select
    contact_id,
    account_id,
    name,
    title,
    email,
    phone,
    reports_to,
    role,
    influence,
    influence_status,
    attitude,
    attitude_status,
    our_owner,
    coalesce(recorded_strength, case
        when touch_count_12m >= held.in_depth_from then 'in_depth'
        when touch_count_12m >= held.several_from then 'several'
        when touch_count_12m > 0 then 'brief'
        when is_logged then 'no_contact'
        else 'unknown'
    end) as strength,
    coalesce(recorded_strength_status, case when is_logged then 'counted' end) as strength_status,
    last_contact_on,
    touch_count_12m,
    case when left_on <= as_of then left_on end as left_on,
    is_here,
    is_here and coalesce(last_contact_on >= as_of - held.active_days, false) as is_active,
    is_here and coalesce(influence >= held.blind_influence, false)
        and not coalesce(last_contact_on >= as_of - held.active_days, false) as is_blind_spot,
    facts_from,
    version
from dated
cross join held;
