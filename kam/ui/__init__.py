'''The kit of the pages: the only code that knows Streamlit's workings and Plotly.

A page is one question, 25–60 lines, no loop over rows, no `try`, no SQL, no arithmetic:

    """Who is in the programme, and why?"""
    import streamlit as st

    from kam import programme, ui
    from kam.words import _

    frame = ui.page(_("Roster"), _("Who is in the programme, and why?"))

    ui.relation_table(
        frame, "programme.roster", {"as_of": frame.as_of},
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("category", _("Category"), "status"),
            ui.Column("admitted_on", _("Admitted"), "date"),
        ],
        key="roster", title=_("Roster"), search=("name", "account_id"), order_by=("name", False),
        empty=_("No account has been admitted yet: assess the candidates first."),
    )

    with ui.form("release", _("Release from the programme")) as form:
        reason = st.text_area(_("Reason"))
    if form.sent:
        with ui.refusals_shown(form):
            programme.release(frame.store, …, reason=reason, who=frame.person, op_id=form.op_id)
            form.done(_("{name} was released.").format(name=…), page="roster", label=_("See the roster"))

Frame
    page(title, question, *, needs_ledger=True, of_account=False) -> Frame
        Title, question, sidebar pickers (as-of date, account filter; both in the address), the message of
        the last write. Stops the page where the database cannot be opened, nobody is chosen yet, or (with
        needs_ledger) the ledger is empty or begins after the as-of date. of_account: the page is about the
        account of ?account=; asks which one where there is none.
    Frame: store, person, as_of, accounts ("all" | "key" | "mine" | "segment:NAME"), account_id (of ?account=, or None),
        currency, is_empty; narrowing() gives the account filter as conditions for a relation that has account_id
        and is_key_account (another name: key_column=); narrowing_within() the same for relations of key accounts only,
        those_shown(things) for a short list of them in memory.
    navigation()  all of app.py.

Refusals and writes
    refusals_shown(form=None)  context: a Refusal becomes its sentence right here, a StaleWrite both versions,
        anything else an apology with a reference (logged).
    form(key, submit_label) -> Form  context; put st inputs inside WITHOUT keys (or with keys that hold
        form.op_id); form.sent, form.op_id, form.version(current), form.done(message, page=, label=, **query).
        done replaces the key, clears the fields, keeps the message over the rerun. Writes hold no st call.
    press(key, label) -> Press  the same for a single button.
    remember(message, page=, label=)  a message for the next page shown.

Tables (at most 200 rows; the database cuts, sorts, searches, sums)
    Column(name, label, unit="text", help=, estimated_by=, decimals=, unit_by=)
        unit_by: the record's column that names each row's unit. unit: text · account (linked by the row's account_id) · status (codes of `STATES`) · flag (★) ·
        words (a code in words) · reporting currency · share · count · number · days · months · points · date · datetime
    relation_table(frame, relation, arguments, columns, *, key, title, more=[columns to add], where=, search=, filters={column: label},
        order_by=(column, descending), totals=[columns], opens=("account", {"account": "account_id"}) | None,
        ids=("account_id",), empty=, rows_per_page=25) -> Rows    search, filters, sorting by heading, count,
        totals over all rows found, pages, CSV and XLSX with ids
    record_table(records, columns, *, key, empty, title=, currency=, opens=None, totals={column: value})
        a short list of dicts; give opens=ui.ACCOUNT or a column of unit account to link it
    ledger_table(frame, "contacts" | "opportunities" | "contracts" | "interactions", where=)    a fact table as a list
    audit_trail(frame, subject_kind, subject_id)
    ACCOUNT, Condition(column, comparison, value)

Figures
    figure(label, value, unit, *, currency=, period=, rule=Rule(…), is_estimated=, unknown_because=, change=)
    figures({…}, {…})  several in a row that wraps on a phone
    Rule(says, period=, inputs=[(what, value)], source=, missing=)   what the figure opens to
    measure_column("revenue_12m")  the Column of a measure of value.MEASURES (name, unit, help, estimates)
    measures(frame, row, ["revenue_12m", …], inputs=)  figures of an account's row, each with its rule
    measure_totals(frame, ids, where=, of=_("key accounts"))  sums over accounts, all accounts beneath
    months_to(as_of, 12)  "12 months to 31 May 2005"

Charts (title = the finding; subtitle = what, as of when; empty = what is missing)
    bars(records, name=, value=, …, highlight=ids)      months(records, month=, value=, before=)
    lines({name: [(x, y)]}, accent=)                    waterfall([(label, amount, is_total)])
    bubbles(records, name=, x=, y=, size=, corners=)    dots(records, name=, value=, before=, reference=)
    as_of_line(what, as_of)
    revenue_trend(frame, worth) · profit(frame, worth) · cost_to_serve_table(frame, worth)
    profit_and_loss(frame, worth)   from list price to economic profit
    read_outlooks(frame, years=, risk=risk_choice()) · outlook_figures · outlook_table · one_outlook · everyone_else
        value_reconciliation · rates_and_risk · forecast_verdict   lifetime value (value.Outlooks)
    lifetime_of_account(frame)   forecast, scorecard, initiatives and relational value of the frame's account
    try_scenario(frame) · kept_scenarios(frame) · compared_scenarios(frame)   what-if of the page Scenarios
    buying_answer(frame) · buying_table(frame) · segment_sizes(frame)      rhythm, recency, frequency and money
        of one account (value.AccountValue)
    sponsor_figures · sponsor_load · sponsor_proposal · assign_sponsor · relieve_sponsor   of the page of our sponsors
    sponsor_vetoes · sponsor_locks · sponsor_deputies · executive_facts   who may not, who stays, who helps, what they give
    cadence_table · pattern_table · contact_table · promise_table   (frame, where) of our executives' contacts
    plan_sponsor_contact · note_sponsor_contact · close_sponsor_promise   planned, briefed, held with an outcome, promised
    choose_executive(frame) -> row | None · my_answer · my_sponsorships · my_brief · my_calendar   of the page My accounts
    overview_answer · cover_matrix · overview_downloads(frame, found)   of sponsorship.Overview
    champion_answer · champion_agenda · champion_roadshow · champion_terms      of the page of the champion
    opened_manager · manager_figures · manager_list · right_person · function_training · scheme_list      of the page of
        account managers; of one of them (managers.Profile): manager_head · manager_competencies · manager_accounts ·
        rate_manager · manager_training · manager_scorecard · manager_presence
    opened_handover · handover_figures · handover_table · pack_of_account      of the page of handovers; of one
        (managers.Handover): handover_head · handover_checklist · handover_pack
    review_figures · plan_review · hold_review · close_action · past_review   of the page of reviews
    opened_review(frame) -> reviews.Review | None · review_room(frame, review)   one review in the room
    programme_answer · programme_decisions · programme_accounts   of packs.programme_review
    pack_downloads(frame, account) · programme_downloads · deck_template(frame)   what people take into the room
    choose_round · round_figures · round_results · round_trend · round_facts · round_comparison · round_references ·
        round_committee · rate_round · close_round   of the page of benchmarking
    priorities_answer(frame) -> benchmarking.Priorities · priorities_of_all · priorities_of_account · priorities_lines
        of the page What customers say matters
    change_answer · change_steps · change_functions · change_roadmap · change_case · change_stage(frame)   of Programme change
    practices_answer(frame) -> rows · practice_register · practice_decision(frame, rows)   of the page Best practices
    measure_catalogue(frame)      every measure with unit, origin, direction, as-of rule and anchors
    assessments_overview(frame, accounts, wanted) · assessments_of_account(frame) -> account_id | None ·
        record_assessment(frame, account_id) · success_factors(frame, account_id) · plan_position(frame, account_id) ·
        assessments_table(frame)
    verdict_table(frame, verdict) · score_table(frame, verdict)   of one account (selection.AccountVerdict)
    criteria_tables(frame, criteria, key=) · adopted_told(held) · forbidden_grounds()   a criteria set as people read it
    criteria_draft(frame, held) -> CriteriaSet | None   its editor; raises the refusal of what is drafted
    criteria_changes(frame, draft)   who would enter, leave or change verdict by a draft
    verdict_tally(frame, bound) · verdict_filter(counted, key=) -> conditions      the candidates page's answer and its narrowing
    matrix_answer · portfolio_matrix · matrix_table · unplaced_table · matrix_rule      of selection.Portfolio
    choose_cycle(frame) · cycle_told · cycle_steps · cycle_account · cycle_record · cycle_now · cycles_table
        waiting_list(frame) · exceptions(frame)      of the page of selection cycles
    with_states(frame, roster) · place_in_programme(frame, account) · put_forward(frame, id, name)
        where an account stands, its suspension and exit; putting it forward
    firmness_of_selection(frame) · best_set(frame)      all of the pages Robustness and How many
    whale_answer · whale_figures · whale_chart(frame, curve) · rank_picture(frame) · concentration(frame)
        all accounts together (value.WhaleCurve)
    cost_of_serving(frame, tied) · activities_used · losses · act_on_account · actions_followed · direct_costs
        portfolio_drivers · account_drivers · lines_behind      of the page Cost to serve (value.Reconciliation)
    category_margins(frame)      margin assumed by product category, where product cost is missing
    cost_model_tables(frame, model, key=) · cost_model_told(adopted) · cost_model_check(frame, model)
    cost_model_draft(frame, held) -> CostModel | None   its editor; raises the refusal of what is drafted
    parameter_table(frame) · adoptions_table(frame) · value_told(value, unit)
    roster_size(frame, roster) · standing_table(frame, standing)      the roster's answer; a key account as decided and now

The account's page, one function a tab: f(frame, account), account the record that account_header returns
    account_header(frame) -> record · account_summary · account_worth · account_plan · account_people · account_needs
    account_whitespace · account_business · account_service · account_referrals · account_dates
    account_timeline · account_decisions · account_group

Plans and service, over all accounts
    plan_figures · plan_list · plan_actions · all_opportunities · all_contracts · adopt_stages(frame)   of the page Plans
    promise_figures · all_commitments · all_complaints · function_table · all_concessions(frame)   of the page Service

The work over all accounts
    follow_up_figures · follow_up_list · regrading · follow_up_compliance     of the page Follow-ups
    saved_segments · tags · custom_fields     of the page Segments
    bulk_edit(frame, total, read)     tags, grade, owner of all that a list finds (read: rows_found of the table's key)
    referral_answer · moments_to_ask · referral_table · referral_values(frame)      of the page Referrals
    dates_answer · date_table(frame)      of the page Dates to remember

Import
    import_draft(frame) -> Draft | None     a dropped file, what it seems to be, how it is read, which column is which
    import_preview(frame, draft) -> ImportResult | None     what it would do; asks what can be read in two ways
    import_outcome(frame, draft, result) -> rows to come · import_record(frame, record) · imports_table(frame) · import_progress() · import_finished()
    near_accounts(frame, result)   what the accounts that the master lacks might be
    keep_mapping(frame, draft) · kept_mappings(frame) · watched_folder(frame) · templates(frame)
    quality_answer · freshness_table · gaps_table · reconciliation · open_rejects · duplicate_accounts · references ·
        personal_data  of a frame: the page of data quality

Words and places
    escaped(text)  every text from data in markdown, write, title, caption, labels, messages, buttons.
        (Tables, charts, figures, form.done and refusals escape by themselves; option lists are inert.)
    status(code)  a Markdown badge: colour, shape and word.    STATES, state(code)
    attention([need(tone, rows_or_names, sentence, page, **query), …], key=, title=, nothing=)  lines that lead on
    steps([Step(is_done, sentence, page)], key=, title=)  what to do first
    empty(missing, what_to_do, page=, label=)  what is missing and where it comes from
    facts([(label, State | text | None), …])  a line of facts under the title
    tabs({label: function})  tabs in the address (?tab=); only the open one is computed
    link(page, label, **query)  a link in the same tab that keeps date and filter; pages by name: "account"
    choose_account(frame, key=) -> account_id | None    search and pick one account
'''

from kam.store import Condition
from kam.ui.account_business import account_business
from kam.ui.account_decisions import account_decisions, account_group
from kam.ui.account_forecast import lifetime_of_account, one_outlook
from kam.ui.account_header import account_header
from kam.ui.account_needs import account_needs
from kam.ui.account_people import account_people
from kam.ui.account_plan import account_plan
from kam.ui.account_referrals import account_referrals
from kam.ui.account_service import account_service
from kam.ui.account_summary import account_summary
from kam.ui.account_timeline import account_timeline
from kam.ui.account_whitespace import account_whitespace
from kam.ui.account_worth import account_worth
from kam.ui.accounts import choose_account
from kam.ui.assessments import (
    assessments_of_account,
    assessments_overview,
    assessments_table,
    plan_position,
    record_assessment,
)
from kam.ui.attention import Need, Step, attention, need, steps
from kam.ui.bar_charts import bars, months, waterfall
from kam.ui.base_outlook import everyone_else, rates_and_risk, value_reconciliation
from kam.ui.benchmark_committee import round_committee
from kam.ui.benchmark_facts import round_facts
from kam.ui.benchmark_programmes import round_comparison
from kam.ui.benchmark_rating import rate_round
from kam.ui.benchmark_references import round_references
from kam.ui.benchmark_round import choose_round, close_round, round_figures, round_results
from kam.ui.benchmark_trend import round_trend
from kam.ui.bulk_edit import bulk_edit
from kam.ui.candidates import verdict_filter, verdict_tally
from kam.ui.category_margins import category_margins
from kam.ui.cells import Column
from kam.ui.champion import champion_agenda, champion_answer, champion_roadshow, champion_terms
from kam.ui.change_case import change_case
from kam.ui.change_functions import change_functions
from kam.ui.change_roadmap import change_roadmap
from kam.ui.change_steps import change_answer, change_stage, change_steps
from kam.ui.charts import as_of_line
from kam.ui.cost_actions import act_on_account, actions_followed, losses
from kam.ui.cost_model import cost_model_check, cost_model_tables, cost_model_told
from kam.ui.cost_model_draft import cost_model_draft
from kam.ui.cost_of_serving import activities_used, cost_of_serving
from kam.ui.criteria import adopted_told, criteria_tables, forbidden_grounds, measure_catalogue
from kam.ui.criteria_changes import criteria_changes
from kam.ui.criteria_draft import criteria_draft
from kam.ui.custom_fields import custom_fields
from kam.ui.customer_priorities import (
    priorities_answer,
    priorities_lines,
    priorities_of_account,
    priorities_of_all,
)
from kam.ui.cycle_record import cycle_account, cycle_now, cycle_record
from kam.ui.cycles import choose_cycle, cycle_steps, cycle_told, cycles_table, waiting_list
from kam.ui.dates import account_dates, date_table, dates_answer
from kam.ui.direct_costs import direct_costs
from kam.ui.duplicates import duplicates as duplicate_accounts
from kam.ui.empty import empty
from kam.ui.exception_register import exceptions
from kam.ui.figures import Rule, figure, figures, months_to
from kam.ui.firmness import firmness_of_selection
from kam.ui.follow_ups import follow_up_compliance, follow_up_figures, follow_up_list, regrading
from kam.ui.forms import Form, Press, form, press, remember
from kam.ui.frame import Frame, navigation, page
from kam.ui.handovers import (
    handover_checklist,
    handover_figures,
    handover_head,
    handover_pack,
    handover_table,
    opened_handover,
    pack_of_account,
)
from kam.ui.headers import facts, tabs
from kam.ui.how_many import best_set
from kam.ui.import_draft import import_draft, import_preview
from kam.ui.import_keeping import keep_mapping, kept_mappings, templates, watched_folder
from kam.ui.import_near import near_accounts
from kam.ui.import_results import import_outcome, import_progress, import_record, imports_table
from kam.ui.import_uploads import import_finished
from kam.ui.ledger_tables import audit_trail, ledger_table
from kam.ui.links import address, go, link
from kam.ui.manager_match import right_person
from kam.ui.manager_measures import manager_scorecard, scheme_list
from kam.ui.manager_presence import manager_presence
from kam.ui.manager_profile import manager_accounts, manager_competencies, manager_head, rate_manager
from kam.ui.manager_training import function_training, manager_training
from kam.ui.managers import manager_figures, manager_list, opened_manager
from kam.ui.matrix import matrix_answer, portfolio_matrix
from kam.ui.matrix_tables import matrix_rule, matrix_table, unplaced_table
from kam.ui.measures import measure_column, measure_totals, measures
from kam.ui.my_accounts import choose_executive, my_answer, my_brief, my_calendar, my_sponsorships
from kam.ui.outlook import forecast_verdict, outlook_figures, outlook_table, read_outlooks, risk_choice
from kam.ui.pack_files import deck_template, pack_downloads, programme_downloads
from kam.ui.parameters import adoptions_table, parameter_table, value_told
from kam.ui.personal_data import personal_data
from kam.ui.plan_lists import all_contracts, all_opportunities, plan_actions, plan_figures, plan_list
from kam.ui.point_charts import bubbles, dots, lines
from kam.ui.portfolio import concentration, whale_answer, whale_chart, whale_figures
from kam.ui.practices import practice_decision, practice_register, practices_answer
from kam.ui.profit_and_loss import profit_and_loss
from kam.ui.programme_review import programme_accounts, programme_answer, programme_decisions
from kam.ui.quality import freshness_table, gaps_table, open_rejects, quality_answer, reconciliation, references
from kam.ui.ranks import rank_picture
from kam.ui.referrals import moments_to_ask, referral_answer, referral_table, referral_values
from kam.ui.refusals import refusals_shown
from kam.ui.review_cycle import close_action, plan_review, review_figures
from kam.ui.review_holding import hold_review, past_review
from kam.ui.review_room import opened_review, review_room
from kam.ui.rhythm import buying_answer, buying_table, segment_sizes
from kam.ui.roster import roster_size, standing_table
from kam.ui.saved_segments import saved_segments, tags
from kam.ui.scenarios import compared_scenarios, kept_scenarios, try_scenario
from kam.ui.service_lists import all_commitments, all_complaints, all_concessions, promise_figures
from kam.ui.service_tables import function_table
from kam.ui.serving_drivers import account_drivers, lines_behind, portfolio_drivers
from kam.ui.sponsor_contacts import (
    cadence_table,
    close_sponsor_promise,
    contact_table,
    note_sponsor_contact,
    pattern_table,
    plan_sponsor_contact,
    promise_table,
)
from kam.ui.sponsor_rules import executive_facts, sponsor_deputies, sponsor_locks, sponsor_vetoes
from kam.ui.sponsors import assign_sponsor, relieve_sponsor, sponsor_figures, sponsor_load, sponsor_proposal
from kam.ui.sponsorship_overview import cover_matrix, overview_answer, overview_downloads
from kam.ui.stage_definitions import adopt_stages
from kam.ui.states import STATES, State, state, status
from kam.ui.success_factors import success_factors
from kam.ui.tables import ACCOUNT, record_table, relation_table, rows_found
from kam.ui.text import escaped, plain
from kam.ui.today import first_steps, programme_contribution, programme_figures, programme_needs
from kam.ui.transitions import place_in_programme, put_forward, with_states
from kam.ui.verdicts import score_table, verdict_table
from kam.ui.worth import cost_to_serve_table, profit, revenue_trend
