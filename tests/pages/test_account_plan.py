"""The account page's tabs Plan, Whitespace, Opportunities, Service: empty, in use, refused, two people at once."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plans
from tests.pages.ledgers import HOSTILE, admitted, company

AS_OF = date(2025, 12, 31)
PERIOD = {"title": "Plan 2025", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
ACTION = {"action": "Visit", "owner": "Bo", "starts_on": date(2025, 1, 5), "due_on": date(2025, 2, 1)}


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A", "B")
    return store


@pytest.fixture
def plan(ledger, champion):
    """An open plan of A with a late action that is marked for the customer."""
    number = plans.open_plan(ledger, "A", PERIOD, as_of=date(2025, 1, 2), who=champion)
    plans.record(ledger, "action", number, ACTION | {"is_shown": True}, as_of=date(2025, 1, 2), who=champion)
    return number


def tab(open_page, name, account="A", **query):
    return open_page("account", account=account, tab=name, as_of="2025-12-31", **query)


def test_without_a_plan_the_tab_opens_one(ledger, open_page):
    page = tab(open_page, "Plan")
    assert "No plan has been made with this account" in page.text
    page.field("date_input", "Until").set_value(date(2025, 1, 1))
    page.press("Open the plan")
    assert page.errors == ["The end, 1 Jan 2025, lies before the start, 31 Dec 2025: choose a later day."]
    page.field("date_input", "Until").set_value(date(2026, 12, 31))
    page.press("Open the plan")
    assert "Account plan 2025, 31 Dec 2025 to 31 Dec 2026" in page.text


def test_the_plan_says_what_is_late(plan, open_page):
    page = tab(open_page, "Plan")
    assert (page.metrics["Late actions"], page.metrics["Due actions done"]) == ("1", "0.0\N{NO-BREAK SPACE}%")
    assert "1 action is late" in page.text
    assert page.tables["Actions of the plan"][0]["State"] == "overdue"


def test_an_action_that_cannot_be_is_refused_and_what_was_typed_stays(plan, ledger, open_page):
    page = tab(open_page, "Plan")
    page.field("text_input", "Action").set_value("Call them")
    page.field("text_input", "Owner").set_value("Ada")
    _beside(page, "Action", "date_input", "Due").set_value(date(2025, 12, 30))
    page.press("Add an action or milestone")
    assert page.errors == ["The end, 30 Dec 2025, lies before the start, 31 Dec 2025: choose a later day."]
    assert page.field("text_input", "Action").value == "Call them"
    _beside(page, "Action", "date_input", "Due").set_value(date(2026, 1, 15))
    page.press("Add an action or milestone")
    assert not page.errors
    assert {row["Action"] for row in page.tables["Actions of the plan"]} == {"Visit", "Call them"}


def _beside(page, neighbour, kind, label):
    """The field of the form in which a text field of that label stands: the header has a form with a due day too."""
    form_id = page.field("text_input", neighbour).form_id
    return next(w for w in page.at.get(kind) if w.label == label and w.form_id == form_id)


def _last(page, kind, label):
    return [w for w in page.at.get(kind) if w.label == label][-1]


def test_an_action_is_not_done_without_an_outcome(plan, ledger, open_page):
    page = tab(open_page, "Plan")
    page.field("selectbox", "State").set_value("done")
    page.press("Save the change")
    assert page.errors == ["Say what came of it: the outcome is kept with the action."]
    page.field("text_input", "What came of it (needed to end it)").set_value("They agreed")
    page.press("Save the change")
    assert page.tables["Actions of the plan"][0]["State"] == "done"
    assert ledger.one("plans.actions")["outcome"] == "They agreed"


def test_two_people_change_an_action_and_neither_loses_a_word(plan, ledger, open_page, champion):
    page = tab(open_page, "Plan")
    plans.change(ledger, "action", 1, {"owner": "Dora"}, as_of=AS_OF, expected_version=1, who=champion)
    _last(page, "text_input", "Action").set_value("Visit twice")
    page.press("Save the change")
    assert "Someone else changed this record" in page.text
    (both,) = page.tables["both_versions"]
    assert (both["Saved now"], both["Your change"]) == ("Visit", "Visit twice")
    assert ledger.one("plans.actions")["action"] == "Visit"
    assert _last(page, "text_input", "Action").value == "Visit twice"

    page.press("Save the change")
    row = ledger.one("plans.actions")
    assert (row["action"], row["owner"]) == ("Visit twice", "Dora")


def test_a_swot_item_becomes_an_action_with_its_link(plan, ledger, open_page, champion):
    plans.record(ledger, "swot", plan, {"kind": "threat", "item": HOSTILE}, as_of=date(2025, 1, 2), who=champion)
    page = tab(open_page, "Plan", plan="SWOT")
    page.field("text_input", "Action").set_value("Show our total cost")
    page.field("text_input", "Owner").set_value("Ada")
    _beside(page, "Action", "date_input", "Due").set_value(date(2026, 2, 1))
    page.press("Turn a SWOT item into an action")
    assert ledger.read("plans.actions", order_by=[("action_id", False)]).column("swot_id") == [None, 1]
    assert "→ 1 action" in page.text
    for element in page.at.markdown:
        assert "![" not in element.value.replace("\\", "\0")


def test_an_objective_takes_a_typed_value(plan, ledger, open_page, champion):
    values = {"objective": "Sites", "unit": "sites", "baseline_value": 1, "target_value": 5, "due_on": AS_OF}
    plans.record(ledger, "objective", plan, values, as_of=date(2025, 1, 2), who=champion)
    page = tab(open_page, "Plan", plan="Objectives")
    assert page.tables["Objectives of the plan"][0]["Standing"] == "unknown"
    page.press("Note the value")
    assert page.errors == ["Type the value that was observed."]
    page.field("number_input", "Value").set_value(5.0)
    page.press("Note the value")
    assert page.tables["Objectives of the plan"][0]["Standing"] == "reached"


def test_risks_are_listed_with_their_weight(plan, ledger, open_page, champion):
    values = {"risk": "Closure", "owner": "Bo", "likelihood": 4, "severity": 5}
    plans.record(ledger, "risk", plan, values, as_of=date(2025, 1, 2), who=champion)
    page = tab(open_page, "Plan", plan="Risks")
    assert page.tables["Risks of the plan"][0]["Weight, 1 to 25"] == "20"
    assert page.metrics["High risks"] == "1"


def test_a_period_is_closed_frozen_and_continued(plan, ledger, open_page):
    page = tab(open_page, "Plan", plan="Period and copy")
    page.press("Close and freeze")
    assert page.errors == ["Say what came of the period: the outcome is kept with the plan."]
    page.field("text_area", "What came of the period").set_value("Half done")
    page.press("Close and freeze")
    assert "Closed on 31 Dec 2025: Half done" in page.text
    assert page.tables["Actions as seen at closing"][0]["State"] == "overdue"
    page.field("text_input", "Title").set_value("Plan 2026")
    page.field("date_input", "Until").set_value(date(2026, 12, 31))
    page.press("Continue in a new period")
    assert not page.errors
    assert "The plan is open" in page.text
    page = tab(open_page, "Plan")
    assert page.tables["Actions of the plan"][0]["Action"] == "Visit"
    page.field("button_group", "Period").set_value(1).run()
    assert "Closed on 31 Dec 2025: Half done" in page.text


def test_whitespace_shows_ours_and_takes_what_people_know(ledger, open_page):
    page = tab(open_page, "Whitespace")
    assert page.metrics["White potential a year"] == "–"
    assert "Nothing is known beyond our own sales" in page.text
    assert [row["Unit"] for row in page.tables["By unit"]] == ["Alpha", "Alpha Sud"]
    key = f"whitespace.{page.at.session_state['ui.form.whitespace']['op_id'][:8]}.cells"
    edits = {"edited_rows": {1: {"holder": "competitor", "competitor": "Rival", "potential": 5000}}}
    page.at.session_state[key] = edits | {"added_rows": [], "deleted_rows": []}
    page.press("Save the changed cells")
    assert page.errors == ["Alpha Sud, Not categorised: Source is missing: fill it in."]
    page.at.session_state[key] = edits | {"added_rows": [], "deleted_rows": []}
    page.field("text_input", "Source: who or what says so").set_value("Buyer")
    page.press("Save the changed cells")
    assert not page.errors
    assert page.metrics["White potential a year"] == "5.00\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"

    page.press("Make the opportunity")
    assert page.errors == [
        "No stages are defined on this day: adopt stage definitions first, on the tab Opportunities."
    ]


def test_a_cell_becomes_an_opportunity_and_opportunities_of_both_kinds_are_listed(ledger, open_page, champion):
    note = {"unit": "C", "category": "Not categorised", "holder": "competitor", "potential_amount": 5000, "source": "x",
            "noted_on": AS_OF}  # fmt: skip
    plans.note_cells(ledger, "A", [note], who=champion)
    page = tab(open_page, "Opportunities")
    assert "No stages are defined on this day" in page.text
    page.press("Adopt the starter stages")
    page = tab(open_page, "Whitespace")
    page.press("Make the opportunity")
    assert not page.errors
    page = tab(open_page, "Opportunities", account="C")
    (row,) = page.tables["Opportunities"]
    assert (row["Opportunity"], row["Stage"], row["Amount, EUR"]) == (
        "Not categorised, Alpha Sud",
        "Identified",
        "5,000",
    )
    assert page.metrics["Open opportunities"] == "1"
    _last(page, "selectbox", "Stage").set_value("Won")
    page.press("Save the change")
    assert page.errors == ["Say what came of it: the outcome is kept with the opportunity."]


def test_contracts_say_when_notice_ends(ledger, open_page):
    page = tab(open_page, "Opportunities")
    assert page.tables["Contracts"][0]["Value a year, EUR"] == "1,200"


def test_a_practice_becomes_a_commitment_that_is_observed(ledger, open_page):
    page = tab(open_page, "Service")
    assert "Nothing has been promised yet" in page.text
    page.press("Promise it")
    assert page.errors == ["Owner is missing: fill it in."]
    page.field("text_input", "Owner").set_value("Greta Holm")
    page.press("Promise it")
    (row,) = page.tables["Commitments"]
    assert (row["Function"], row["State"], row["Target"]) == (
        "supply chain",
        "not observed yet",
        "97.0\N{NO-BREAK SPACE}%",
    )
    page.press("Record the observation")
    assert page.errors == ["Say what shows it: a report, a figure, who said so. Without evidence it is an opinion."]
    page.field("text_input", "Evidence: what shows it").set_value("Report")
    page.press("Record the observation")
    assert page.metrics["Commitments kept"] == "100.0\N{NO-BREAK SPACE}%"


def test_a_complaint_is_owned_handed_over_and_closed(ledger, open_page):
    page = tab(open_page, "Service", service="Complaints")
    page.field("text_area", "What the customer complains about").set_value("Late again")
    page.press("Take in a complaint")
    assert page.errors == ["Function concerned is missing: fill it in."]
    assert page.field("text_area", "What the customer complains about").value == "Late again"
    page.field("selectbox", "Function concerned").set_value("transport")
    page.press("Take in a complaint")
    assert page.tables["Complaints"][0]["Owner"] == "Ines Brandt"
    page.field("text_input", "Who should take it over").set_value("Cy Falk")
    page.field("text_input", "Why they").set_value("Transport")
    page.press("Ask to take it over")
    assert "Ines Brandt owns it until they accept" in page.text
    page.press("Record their answer")
    assert page.tables["Complaints"][0]["Owner"] == "Cy Falk"
    page.press("Close the complaint")
    assert page.errors == ["Name the cause: without it the same complaint comes again."]
    page.field("text_input", "Cause: why it happened").set_value("Truck")
    page.press("Close the complaint")
    assert page.errors == ["Say what came of it: the outcome is kept with the complaint."]
    page.field("text_input", "Outcome for the customer").set_value("Credit note")
    page.press("Close the complaint")
    assert page.tables["Complaints"][0]["State"] == "closed"


def test_a_concession_is_logged_beside_what_was_given_otherwise(ledger, open_page):
    page = tab(open_page, "Service", service="Price and other measures")
    assert page.metrics["Given in price"] == "0\N{NO-BREAK SPACE}EUR"
    page.field("selectbox", "Price or another measure").set_value("price")
    page.field("text_input", "What was given").set_value("Two per cent")
    page.field("number_input", "Cost a year").set_value(1200.0)
    page.field("text_input", "Why").set_value("Tender")
    page.press("Log a concession or measure")
    assert not page.errors
    assert page.metrics["Given in price"] == "1.20\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
