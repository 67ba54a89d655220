"""The page of the programme's change: empty, with records, and what its forms refuse."""

from __future__ import annotations

from datetime import date

from kam import change, parameters, programme
from tests.benchmarking.test_facts import _adopt_a_free_cost_model
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.pages.ledgers import HOSTILE

AS_OF = "2025-06-30"
DAY = date(2025, 6, 30)


def test_an_empty_programme_says_that_nothing_is_known(open_page):
    page = open_page("change", as_of=AS_OF)
    assert (
        "0 of 7 steps are in place; absent: Appoint a champion; nothing is known of Recognise the change" in page.text
    )
    assert page.tables["Select with care"][0] == {
        "Record": "Criteria adopted",
        "What it says": "nothing on record",
        "State": "unknown",
    }


def test_a_step_is_judged_and_without_evidence_is_not(store, open_page):
    page = open_page("change", as_of=AS_OF)
    page.press("Record the judgement")
    assert page.errors == ["Say what shows it: a judgement without evidence is not taken in."]
    page.field("text_area", "What shows it").set_value(HOSTILE)
    page.press("Record the judgement")

    assert not page.errors
    assert "judged, no record speaks" in page.text
    assert store.one("change.step_judgements")["evidence"] == HOSTILE


def test_the_records_of_a_step_are_shown_with_its_state(store, champion, open_page):
    term = programme.Term("Marta Lind", "Chief executive", "board", 0.6, date(2025, 1, 1))
    programme.appoint_champion(store, term, reason="founding", as_of=date(2025, 1, 1), who=champion)
    page = open_page("change", as_of=AS_OF)
    assert [row["State"] for row in page.tables["Appoint a champion"]] == ["met", "not met"]


def test_a_milestone_is_planned_waits_and_a_circle_is_refused_beside_the_form(store, champion, open_page):
    first = change.plan_milestone(
        store, change.Milestone("support", "Charter signed", "Ada", date(2025, 9, 1)), as_of=DAY, who=champion
    )
    page = open_page("change", as_of=AS_OF, tab="Roadmap")
    form = [f for f in page.at.text_input if f.form_id.startswith("milestone.")]
    next(f for f in form if f.label == "What is reached").set_value(HOSTILE)
    next(f for f in page.at.multiselect if f.form_id.startswith("milestone.")).set_value([first])
    page.press("Put on the roadmap")
    assert page.errors == ["Say who reaches it: a milestone has an owner."]
    assert next(f for f in page.at.text_input if f.label == "What is reached").value == HOSTILE
    next(f for f in page.at.text_input if f.label == "Owner" and f.form_id.startswith("milestone.")).set_value("Ole")
    page.press("Put on the roadmap")

    assert not page.errors
    rows = {row["Milestone"]: row for row in page.tables["Milestones"]}
    assert (rows[HOSTILE]["State"], rows[HOSTILE]["Waits for"]) == ("waits for another", "Charter signed")


def test_what_holds_for_a_function_is_stated(store, open_page):
    page = open_page("change", as_of=AS_OF, tab="Functions")
    assert "Train first, for nobody there is yet: Operations, Supply chain." in page.text
    page.field("text_area", "What it promised").set_value("Priority")
    page.field("text_area", "What the programme asks of it").set_value("Deliver in full")
    page.press("Record it")
    assert page.errors == ["Say who promised it: a promise has a name."]
    page.field("text_input", "Promised by").set_value("Ole Berg")
    page.press("Record it")

    assert not page.errors
    assert page.tables["What was asked and promised"][0]["What it promised"] == "Priority"


def test_the_stage_without_a_round_says_where_it_comes_from(open_page):
    page = open_page("change", as_of=AS_OF, tab="Stage")
    assert "The stage is unknown: no benchmark round has been opened." in page.text


def test_without_a_key_account_there_is_no_case_and_the_page_says_what_to_do(open_page):
    page = open_page("change", as_of=AS_OF, tab="The case")
    assert "There is no key account on this day, so there is nothing to weigh." in page.text


def test_the_case_names_what_is_missing_and_shows_ranges_once_it_is_stated(store, champion, open_page):
    key_accounts(store, champion, "A", "B", category="star")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        N1       | A          | 2025-06-01 | 900000      | 100000
        N2       | B          | 2025-06-01 | 250000      | 50000
        """,
    )
    _adopt_a_free_cost_model(store, champion)
    page = open_page("change", as_of=AS_OF, tab="The case")
    assert "Whether the programme pays is not known yet." in page.text
    assert "Not known: full cost of an hour of an account manager" in page.text
    assert (page.metrics["What the treatment adds"], page.metrics["Value less cost"]) == (
        "≈ 100\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR",
        "–",
    )

    for name, figure in (
        ("selection.manager_hour_cost", 50),
        ("change.sponsor_hour_cost", 200),
        ("change.extra_serving_share", 0.1),
    ):
        parameters.adopt(store, name, figure, valid_from=date(2024, 1, 1), source="Finance", who=champion)
    page = open_page("change", as_of=AS_OF, tab="The case")
    # Nobody manages or sponsors them on record: two star accounts ask 400 hours each, 800 × 50.
    assert page.metrics["Cost together"] == "≈ 40.0\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert "The programme pays in every case" in page.text
    assert page.metrics["Pays from an uplift of"] == "≈ 4.0\N{NO-BREAK SPACE}%"
    assert {row["Account"] for row in page.tables["0 key accounts cost more than their treatment is expected to add"]}
    assert page.tables["The case by year"][0]["Net, low, EUR"] == "2,000"
