-- verification.orphans
-- One row: a reference between two tables that leads nowhere, with how often it does. Empty in a sound database.
-- Columns:
--   referring     table.column that refers
--   referred      table that should hold it
--   missing_id    the value that is not there, as text
--   row_count     rows of the referring table with that value
-- Left out: product_id of lines and opportunities, and contact_id of interactions and surveys, which may name
-- what no master lists; accounts of selection.cycle_accounts, which are frozen as they were seen.
create or replace view verification.orphans as
with found as (
    select 'ledgers.accounts.parent_account_id' as referring, 'ledgers.accounts' as referred, parent_account_id::varchar as missing_id
    from ledgers.accounts anti join (select account_id as known from ledgers.accounts) on known = parent_account_id
    union all
    select 'ledgers.order_lines.account_id', 'ledgers.accounts', account_id
    from ledgers.order_lines anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.account_month.account_id', 'ledgers.accounts', account_id
    from ledgers.account_month anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.activities.account_id', 'ledgers.accounts', account_id
    from ledgers.activities anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.payments.account_id', 'ledgers.accounts', account_id
    from ledgers.payments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contacts.account_id', 'ledgers.accounts', account_id
    from ledgers.contacts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contacts.reports_to', 'ledgers.contacts', reports_to
    from ledgers.contacts anti join (select contact_id as known from ledgers.contacts) on known = reports_to
    union all
    select 'ledgers.opportunities.account_id', 'ledgers.accounts', account_id
    from ledgers.opportunities anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.contracts.account_id', 'ledgers.accounts', account_id
    from ledgers.contracts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.interactions.account_id', 'ledgers.accounts', account_id
    from ledgers.interactions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.survey_responses.account_id', 'ledgers.accounts', account_id
    from ledgers.survey_responses anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'ledgers.import_rejects.import_id', 'ledgers.imports', import_id::varchar
    from ledgers.import_rejects anti join (select import_id as known from ledgers.imports) on known = import_id
    union all
    select 'ledgers.before_images.import_id', 'ledgers.imports', import_id::varchar
    from ledgers.before_images anti join (select import_id as known from ledgers.imports) on known = import_id
    union all
    select 'programme.roster_decisions.account_id', 'ledgers.accounts', account_id
    from programme.roster_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'programme.roster_decisions.criteria_set_id', 'selection.criteria_sets', criteria_set_id::varchar
    from programme.roster_decisions anti join (select criteria_set_id as known from selection.criteria_sets) on known = criteria_set_id
    union all
    select 'programme.moves.account_id', 'ledgers.accounts', account_id
    from programme.moves anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'programme.transition_plans.account_id', 'ledgers.accounts', account_id
    from programme.transition_plans anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'programme.transition_steps.plan_id', 'programme.transition_plans', plan_id::varchar
    from programme.transition_steps anti join (select plan_id as known from programme.transition_plans) on known = plan_id
    union all
    select 'programme.transition_steps.account_id', 'ledgers.accounts', account_id
    from programme.transition_steps anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'programme.exit_approvals.account_id', 'ledgers.accounts', account_id
    from programme.exit_approvals anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'selection.cycle_decisions.account_id', 'ledgers.accounts', account_id
    from selection.cycle_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'selection.exception_requests.account_id', 'ledgers.accounts', account_id
    from selection.exception_requests anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'selection.cycles.criteria_set_id', 'selection.criteria_sets', criteria_set_id::varchar
    from selection.cycles anti join (select criteria_set_id as known from selection.criteria_sets) on known = criteria_set_id
    union all
    select 'selection.cycle_accounts.cycle_id', 'selection.cycles', cycle_id::varchar
    from selection.cycle_accounts anti join (select cycle_id as known from selection.cycles) on known = cycle_id
    union all
    select 'selection.assessments.account_id', 'ledgers.accounts', account_id
    from selection.assessments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'selection.strength_assessments.account_id', 'ledgers.accounts', account_id
    from selection.strength_assessments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'selection.success_factors.strength_id', 'selection.strength_assessments', strength_id::varchar
    from selection.success_factors anti join (select strength_id as known from selection.strength_assessments) on known = strength_id
    union all
    select 'selection.planned_positions.account_id', 'ledgers.accounts', account_id
    from selection.planned_positions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.decisions.account_id', 'ledgers.accounts', account_id
    from sponsorship.decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.veto_decisions.account_id', 'ledgers.accounts', account_id
    from sponsorship.veto_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.veto_decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.veto_decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.lock_decisions.account_id', 'ledgers.accounts', account_id
    from sponsorship.lock_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.lock_decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.lock_decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.deputy_decisions.account_id', 'ledgers.accounts', account_id
    from sponsorship.deputy_decisions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.deputy_decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.deputy_decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.executive_decisions.executive_id', 'ledgers.executives', executive_id
    from sponsorship.executive_decisions anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.fit_facts.account_id', 'ledgers.accounts', account_id
    from sponsorship.fit_facts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.fit_facts.executive_id', 'ledgers.executives', executive_id
    from sponsorship.fit_facts anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.appointments.account_id', 'ledgers.accounts', account_id
    from sponsorship.appointments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.appointments.executive_id', 'ledgers.executives', executive_id
    from sponsorship.appointments anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.promises.account_id', 'ledgers.accounts', account_id
    from sponsorship.promises anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'sponsorship.promises.executive_id', 'ledgers.executives', executive_id
    from sponsorship.promises anti join (select executive_id as known from ledgers.executives) on known = executive_id
    union all
    select 'sponsorship.promises.appointment_id', 'sponsorship.appointments', appointment_id::varchar
    from sponsorship.promises anti join (select appointment_id as known from sponsorship.appointments) on known = appointment_id
    union all
    select 'managers.appointments.account_id', 'ledgers.accounts', account_id
    from managers.appointments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'managers.appointments.manager_id', 'ledgers.account_managers', manager_id
    from managers.appointments anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.ratings.manager_id', 'ledgers.account_managers', manager_id
    from managers.ratings anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.departures.manager_id', 'ledgers.account_managers', manager_id
    from managers.departures anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.absences.manager_id', 'ledgers.account_managers', manager_id
    from managers.absences anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.absences.deputy_manager_id', 'ledgers.account_managers', deputy_manager_id
    from managers.absences anti join (select manager_id as known from ledgers.account_managers) on known = deputy_manager_id
    union all
    select 'managers.capacities.manager_id', 'ledgers.account_managers', manager_id
    from managers.capacities anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.trainings.manager_id', 'ledgers.account_managers', manager_id
    from managers.trainings anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.schemes.manager_id', 'ledgers.account_managers', manager_id
    from managers.schemes anti join (select manager_id as known from ledgers.account_managers) on known = manager_id
    union all
    select 'managers.handovers.account_id', 'ledgers.accounts', account_id
    from managers.handovers anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'managers.handover_marks.handover_id', 'managers.handovers', handover_id::varchar
    from managers.handover_marks anti join (select handover_id as known from managers.handovers) on known = handover_id
    union all
    select 'reviews.reviews.account_id', 'ledgers.accounts', account_id
    from reviews.reviews anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'reviews.actions.review_id', 'reviews.reviews', review_id::varchar
    from reviews.actions anti join (select review_id as known from reviews.reviews) on known = review_id
    union all
    select 'reviews.drafts.review_id', 'reviews.reviews', review_id::varchar
    from reviews.drafts anti join (select review_id as known from reviews.reviews) on known = review_id
    union all
    select 'reviews.decisions.review_id', 'reviews.reviews', review_id::varchar
    from reviews.decisions anti join (select review_id as known from reviews.reviews) on known = review_id
    union all
    select 'plans.plans.account_id', 'ledgers.accounts', account_id
    from plans.plans anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.plans.continues_plan_id', 'plans.plans', continues_plan_id::varchar
    from plans.plans anti join (select plan_id as known from plans.plans) on known = continues_plan_id
    union all
    select 'plans.objectives.plan_id', 'plans.plans', plan_id::varchar
    from plans.objectives anti join (select plan_id as known from plans.plans) on known = plan_id
    union all
    select 'plans.objective_values.objective_id', 'plans.objectives', objective_id::varchar
    from plans.objective_values anti join (select objective_id as known from plans.objectives) on known = objective_id
    union all
    select 'plans.swot_items.plan_id', 'plans.plans', plan_id::varchar
    from plans.swot_items anti join (select plan_id as known from plans.plans) on known = plan_id
    union all
    select 'plans.actions.plan_id', 'plans.plans', plan_id::varchar
    from plans.actions anti join (select plan_id as known from plans.plans) on known = plan_id
    union all
    select 'plans.actions.objective_id', 'plans.objectives', objective_id::varchar
    from plans.actions anti join (select objective_id as known from plans.objectives) on known = objective_id
    union all
    select 'plans.actions.initiative_id', 'value.initiatives', initiative_id::varchar
    from plans.actions
    anti join (select initiative_id as known from value.initiatives) on known = initiative_id
    union all
    select 'plans.actions.swot_id', 'plans.swot_items', swot_id::varchar
    from plans.actions anti join (select swot_id as known from plans.swot_items) on known = swot_id
    union all
    select 'plans.risks.plan_id', 'plans.plans', plan_id::varchar
    from plans.risks anti join (select plan_id as known from plans.plans) on known = plan_id
    union all
    select 'plans.units.account_id', 'ledgers.accounts', account_id
    from plans.units anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.whitespace_notes.account_id', 'ledgers.accounts', account_id
    from plans.whitespace_notes anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.stages.stage_set_id', 'plans.stage_sets', stage_set_id::varchar
    from plans.stages anti join (select stage_set_id as known from plans.stage_sets) on known = stage_set_id
    union all
    select 'plans.opportunities.account_id', 'ledgers.accounts', account_id
    from plans.opportunities anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.commitments.account_id', 'ledgers.accounts', account_id
    from plans.commitments anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.commitment_checks.commitment_id', 'plans.commitments', commitment_id::varchar
    from plans.commitment_checks anti join (select commitment_id as known from plans.commitments) on known = commitment_id
    union all
    select 'plans.complaints.account_id', 'ledgers.accounts', account_id
    from plans.complaints anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'plans.complaint_owners.complaint_id', 'plans.complaints', complaint_id::varchar
    from plans.complaint_owners anti join (select complaint_id as known from plans.complaints) on known = complaint_id
    union all
    select 'plans.concessions.account_id', 'ledgers.accounts', account_id
    from plans.concessions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'benchmarking.ratings.round_id', 'benchmarking.rounds', round_id::varchar
    from benchmarking.ratings anti join (select round_id as known from benchmarking.rounds) on known = round_id
    union all
    select 'benchmarking.round_phases.round_id', 'benchmarking.rounds', round_id::varchar
    from benchmarking.round_phases anti join (select round_id as known from benchmarking.rounds) on known = round_id
    union all
    select 'benchmarking.acted_priorities.action_id', 'plans.actions', acted_priorities.action_id::varchar
    from benchmarking.acted_priorities
    anti join (select action_id as known from plans.actions) on known = acted_priorities.action_id
    union all
    select 'benchmarking.practice_decisions.practice_id', 'benchmarking.practices', practice_id::varchar
    from benchmarking.practice_decisions anti join (select practice_id as known from benchmarking.practices) on known = practice_id
    union all
    select 'benchmarking.practice_follow_ups.practice_id', 'benchmarking.practices', practice_id::varchar
    from benchmarking.practice_follow_ups anti join (select practice_id as known from benchmarking.practices) on known = practice_id
    union all
    select 'benchmarking.practice_decisions.milestone_id', 'change.milestones', milestone_id::varchar
    from benchmarking.practice_decisions anti join (select milestone_id as known from change.milestones) on known = milestone_id
    where milestone_id is not null
    union all
    select 'change.milestone_needs.milestone_id', 'change.milestones', milestone_needs.milestone_id::varchar
    from change.milestone_needs
    anti join (select milestone_id as known from change.milestones) on known = milestone_needs.milestone_id
    union all
    select 'change.milestone_needs.needed_id', 'change.milestones', needed_id::varchar
    from change.milestone_needs anti join (select milestone_id as known from change.milestones) on known = needed_id
    union all
    select 'relationships.contact_observations.account_id', 'ledgers.accounts', account_id
    from relationships.contact_observations anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'relationships.added_contacts.account_id', 'ledgers.accounts', account_id
    from relationships.added_contacts anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'relationships.captured_interactions.account_id', 'ledgers.accounts', account_id
    from relationships.captured_interactions anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'relationships.stage_ratings.account_id', 'ledgers.accounts', account_id
    from relationships.stage_ratings anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'relationships.red_lines.account_id', 'ledgers.accounts', account_id
    from relationships.red_lines anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'relationships.need_notes.account_id', 'ledgers.accounts', account_id
    from relationships.need_notes anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'portfolio.tag_events.account_id', 'ledgers.accounts', account_id
    from portfolio.tag_events anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'portfolio.grades.account_id', 'ledgers.accounts', account_id
    from portfolio.grades anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'portfolio.owner_changes.account_id', 'ledgers.accounts', account_id
    from portfolio.owner_changes anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'portfolio.field_entries.account_id', 'ledgers.accounts', account_id
    from portfolio.field_entries anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'everyday.referral_asks.account_id', 'ledgers.accounts', account_id
    from everyday.referral_asks anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'everyday.dates.account_id', 'ledgers.accounts', account_id
    from everyday.dates anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'everyday.referrals.account_id', 'ledgers.accounts', account_id
    from everyday.referrals anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'everyday.referral_outcomes.won_account_id', 'ledgers.accounts', won_account_id
    from everyday.referral_outcomes anti join (select account_id as known from ledgers.accounts) on known = won_account_id
    union all
    select 'everyday.referral_outcomes.referral_id', 'everyday.referrals', referral_id::varchar
    from everyday.referral_outcomes anti join (select referral_id as known from everyday.referrals) on known = referral_id
    union all
    select 'value.initiatives.account_id', 'ledgers.accounts', account_id
    from value.initiatives anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.risk_ratings.account_id', 'ledgers.accounts', account_id
    from value.risk_ratings anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.relational_ratings.account_id', 'ledgers.accounts', account_id
    from value.relational_ratings anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.scenarios.account_id', 'ledgers.accounts', account_id
    from value.scenarios anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.cost_pools.model_id', 'value.cost_models', model_id::varchar
    from value.cost_pools anti join (select model_id as known from value.cost_models) on known = model_id
    union all
    select 'value.cost_activities.pool_id', 'value.cost_pools', pool_id
    from value.cost_activities
    anti join (select model_id as known_model, pool_id as known from value.cost_pools) on known = pool_id and known_model = model_id
    union all
    select 'value.cost_terms.model_id', 'value.cost_models', model_id::varchar
    from value.cost_terms anti join (select model_id as known from value.cost_models) on known = model_id
    union all
    select 'value.direct_costs.account_id', 'ledgers.accounts', account_id
    from value.direct_costs anti join (select account_id as known from ledgers.accounts) on known = account_id
    union all
    select 'value.actions.account_id', 'ledgers.accounts', account_id
    from value.actions anti join (select account_id as known from ledgers.accounts) on known = account_id
)
select referring, referred, missing_id, count(*)::bigint as row_count
from found
where missing_id is not null
group by referring, referred, missing_id;
