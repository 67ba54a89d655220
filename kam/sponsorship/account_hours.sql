-- sponsorship.account_hours(as_of DATE)
-- One row: a key account on as_of with the hours a year that its category asks of a sponsor.
-- Columns:
--   account_id             the key account
--   category               strategic, star, status, streamline; null where it has none
--   visits_per_year        face to face, count; null where nothing is set
--   calls_per_year         calls, count; 0 without a category
--   plan_reviews_per_year  reviews of the account plan, count; 0 without a category
--   hours                  visits × (preparation + travel + meeting + follow-up) + calls × hours of a call + plan reviews ×
--                          hours of one + escalation reserve, hours a year; null where a part is unknown
create or replace macro sponsorship.account_hours(as_of DATE) as table
with taken as (
    select
        max(value) filter (where parameter_id = 'sponsorship.visit_preparation_hours')
        + max(value) filter (where parameter_id = 'sponsorship.visit_travel_hours')
        + max(value) filter (where parameter_id = 'sponsorship.visit_meeting_hours')
        + max(value) filter (where parameter_id = 'sponsorship.visit_follow_up_hours') as visit_hours,
        max(value) filter (where parameter_id = 'sponsorship.call_hours') as call_hours,
        max(value) filter (where parameter_id = 'sponsorship.plan_review_hours') as plan_review_hours,
        max(value) filter (where parameter_id = 'sponsorship.escalation_reserve_hours') as reserve_hours
    from parameters.effective(as_of)
),
asked as (
    select
        roster.account_id,
        roster.category,
        max(rules.per_year) filter (where rules.kind = 'visit') as visits_per_year,
        case when roster.category is null then 0 else max(rules.per_year) filter (where rules.kind = 'call') end
            as calls_per_year,
        case when roster.category is null then 0 else max(rules.per_year) filter (where rules.kind = 'plan_review') end
            as plan_reviews_per_year
    from programme.roster(as_of) as roster
    left join sponsorship.cadence_rules(as_of) as rules on rules.category is not distinct from roster.category
    group by roster.account_id, roster.category
)
select
    asked.account_id,
    asked.category,
    asked.visits_per_year,
    asked.calls_per_year,
    asked.plan_reviews_per_year,
    asked.visits_per_year * taken.visit_hours + asked.calls_per_year * taken.call_hours
    + asked.plan_reviews_per_year * taken.plan_review_hours + taken.reserve_hours as hours
from asked
cross join taken;
