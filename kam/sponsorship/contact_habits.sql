-- sponsorship.contact_habits(as_of DATE)
-- One row: a key account on as_of that has a sponsor, with how its sponsorship has been lived in
-- (as_of − sponsorship.habit_months, as_of].
-- Columns:
--   account_id          the key account
--   name                its name
--   executive_id        our executive sponsor
--   executive_name      name; the id where the executive is no longer on record
--   held_count          contacts held that were planned here, count
--   unbriefed_count     of these, held without a brief, count
--   unnoted_count       planned for a day before as_of and neither held nor cancelled: no outcome is known, count
--   escalation_count    of those held, for an escalation, count
--   change_count        times a sponsor of this account was relieved, count
--   next_planned_on     the next contact of any kind that is planned on or after as_of; null where none is
--   is_cadence_set      true where its category asks for contacts
create or replace macro sponsorship.contact_habits(as_of DATE) as table
with span as (
    select as_of - to_months(months) as after_on
    from (
        select coalesce(max(value), 24)::integer as months
        from parameters.effective(as_of)
        where parameter_id = 'sponsorship.habit_months'
    )
),
lived as (
    select
        account_id,
        count(*) filter (where state = 'held' and held_on <= as_of and held_on > after_on) as held_count,
        count(*) filter (where state = 'held' and held_on <= as_of and held_on > after_on and brief = '') as unbriefed_count,
        count(*) filter (where state = 'planned' and planned_on < as_of and planned_on > after_on) as unnoted_count,
        count(*) filter (where state = 'held' and held_on <= as_of and held_on > after_on and occasion = 'escalation')
            as escalation_count,
        min(planned_on) filter (where planned_on >= as_of and (state = 'planned' or (state = 'held' and held_on > as_of)))
            as next_planned_on
    from sponsorship.appointments
    cross join span
    group by account_id
),
changed as (
    select account_id, count(*) as change_count
    from sponsorship.decisions
    cross join span
    where decision = 'relieved' and decided_on <= as_of and decided_on > after_on
    group by account_id
),
asked as (
    select account_id, bool_or(every_days is not null) as is_cadence_set
    from sponsorship.cadence(as_of)
    group by account_id
)
select
    roster.account_id,
    roster.name,
    standing.executive_id,
    coalesce(executives.name, standing.executive_id) as executive_name,
    coalesce(lived.held_count, 0) as held_count,
    coalesce(lived.unbriefed_count, 0) as unbriefed_count,
    coalesce(lived.unnoted_count, 0) as unnoted_count,
    coalesce(lived.escalation_count, 0) as escalation_count,
    coalesce(changed.change_count, 0) as change_count,
    lived.next_planned_on,
    asked.is_cadence_set
from programme.roster(as_of) as roster
join sponsorship.standing(as_of) as standing on standing.account_id = roster.account_id and standing.is_active
left join ledgers.executives on executives.executive_id = standing.executive_id
left join lived on lived.account_id = roster.account_id
left join changed on changed.account_id = roster.account_id
left join asked on asked.account_id = roster.account_id;
