-- change.counts(as_of DATE)
-- One row in all: what the records say about the seven steps of the programme on as_of, as numerators and denominators.
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   key_account_count        key accounts on as_of
--   heard_count              functions of ours to which the programme was explained
--   trained_function_count   functions of ours whose people were trained
--   agenda_held_12m          agenda items of the top team held with an outcome
--   agenda_decided_12m       of them with a decision
--   covered_count            key accounts with our executive sponsor on record
--   cadenced_count           key accounts for which a contact cadence is set
--   contacted_in_time_count  of those with a sponsor whose contact is not overdue
--   has_champion             true where a champion's term holds
--   champion_time_share      share of the champion's time set aside; null where none is set aside
--   criteria_valid_from      since when the criteria in force hold; null where none were adopted
--   cycle_decided_on         latest selection cycle decided or in force; null without
--   exception_count_12m      requests for an exception
--   exception_refused_12m    of them refused
--   managed_count            key accounts whose manager is on record
--   manager_count            account managers on record who hold a key account
--   assessed_manager_count   of them rated by enough others in at least one competency
--   trained_manager_count    of them with a training done, or done and to be rated again
--   scheme_count             schemes by which managers are measured that hold: the latest of each manager, and for all
--   clean_scheme_count       of them that do not pay on revenue
--   cost_model_from          since when the cost model in force holds; null where none is
--   round_closed_on          latest benchmark round closed; null without
--   round_year               its year; null without
--   milestone_count          milestones on record that were not given up
--   milestone_open_count     of them open
--   milestone_overdue_count  of them past their day
create or replace macro change.counts(as_of DATE) as table
with sponsors as (
    select
        count(*) as key_account_count,
        count(*) filter (where is_covered) as covered_count,
        count(*) filter (where contact_state <> 'none') as cadenced_count,
        count(*) filter (where contact_state in ('current', 'due_soon', 'no_contact_yet')) as contacted_in_time_count
    from sponsorship.roster_sponsors(as_of)
),
explained as (
    select count(*) as heard_count from programme.roadshow_reach(as_of)
),
trained as (
    select count(*) as trained_function_count from managers.function_reach(as_of)
),
agenda as (
    select
        count(*) filter (where item_state = 'held') as agenda_held_12m,
        count(*) filter (where item_state = 'held' and decision is not null) as agenda_decided_12m
    from programme.agenda_list(as_of)
    where held_on > as_of - interval 12 months
),
carried as (
    select count(*) > 0 as has_champion, max(time_share) as champion_time_share
    from programme.champion_terms(as_of)
    where term_state = 'current'
),
criteria as (
    select max(valid_from) as criteria_valid_from from selection.criteria_sets where valid_from <= as_of
),
cycle as (
    select max(decided_on) as cycle_decided_on
    from selection.cycles
    where state in ('decided', 'in_force') and decided_on <= as_of
),
exceptions as (
    select
        count(*) as exception_count_12m,
        count(*) filter (where outcome in ('refused_ground', 'refused_gate', 'unknown_gate')) as exception_refused_12m
    from selection.exception_list(as_of)
    where requested_on > as_of - interval 12 months
),
held as (
    select manager_id, count(*) as account_count
    from managers.holdings(as_of)
    where manager_id is not null
    group by manager_id
),
people as (
    select
        coalesce(sum(account_count), 0)::bigint as managed_count,
        count(*) as manager_count,
        count(*) filter (
            where manager_id in (select manager_id from managers.competency_levels(as_of) where actual_level is not null)
        ) as assessed_manager_count,
        count(*) filter (
            where manager_id in (
                select manager_id from managers.training_list(as_of) where training_state in ('done', 'rerate')
            )
        ) as trained_manager_count
    from held
),
scheme as (
    select scheme_id
    from managers.schemes
    where valid_from <= as_of
    qualify row_number() over (partition by manager_id order by valid_from desc, scheme_id desc) = 1
),
rewards as (
    select
        count(*) as scheme_count,
        count(*) filter (where not contains(schemes.findings, '"pays_on_revenue"')) as clean_scheme_count
    from scheme
    join managers.schemes on schemes.scheme_id = scheme.scheme_id
),
costs as (
    select max(valid_from) as cost_model_from from value.cost_model_in_force(as_of)
),
rounds as (
    select max(closed_on) as round_closed_on, arg_max(year, closed_on) as round_year
    from benchmarking.rounds
    where state = 'closed' and closed_on <= as_of
),
road as (
    select
        count(*) filter (where milestone_state <> 'dropped') as milestone_count,
        count(*) filter (where is_open) as milestone_open_count,
        count(*) filter (where milestone_state = 'overdue') as milestone_overdue_count
    from change.milestone_list(as_of)
)
select
    sponsors.key_account_count,
    explained.heard_count,
    trained.trained_function_count,
    agenda.agenda_held_12m,
    agenda.agenda_decided_12m,
    sponsors.covered_count,
    sponsors.cadenced_count,
    sponsors.contacted_in_time_count,
    carried.has_champion,
    carried.champion_time_share,
    criteria.criteria_valid_from,
    cycle.cycle_decided_on,
    exceptions.exception_count_12m,
    exceptions.exception_refused_12m,
    people.managed_count,
    people.manager_count,
    people.assessed_manager_count,
    people.trained_manager_count,
    rewards.scheme_count,
    rewards.clean_scheme_count,
    costs.cost_model_from,
    rounds.round_closed_on,
    rounds.round_year,
    road.milestone_count,
    road.milestone_open_count,
    road.milestone_overdue_count
from sponsors
cross join explained
cross join trained
cross join agenda
cross join carried
cross join criteria
cross join cycle
cross join exceptions
cross join people
cross join rewards
cross join costs
cross join rounds
cross join road;
