"""The account's page as the place of daily work: noting, correcting, settling, who knows whom, needs, stage, health."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kam import relationships
from kam.store import Condition
from kam.ui.people_charts import _dot
from kam.ui.style import LIGHT
from tests.drawn import given
from tests.pages.ledgers import HOSTILE, admitted, company

AS_OF = date(2025, 12, 31)
TABS = ("Summary", "Value", "People", "Needs", "Opportunities", "Timeline", "Decisions")


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A", "B")
    given(
        store,
        champion,
        "contacts",
        """
        contact_id | account_id | name     | title | role       | influence | attitude | reports_to
        K3         | A          | Jan Kolb | Buyer | gatekeeper | 4         | -1       | K1
        """,
    )
    return store


def keyed(page, part):
    """The widget whose key ends with this."""
    kinds = ("text_input", "text_area", "selectbox", "date_input", "checkbox", "radio", "multiselect")
    return next(w for kind in kinds for w in page.at.get(kind) if (w.key or "").endswith(part))


def test_the_header_shows_how_the_account_stands_on_every_tab(ledger, open_page):
    for tab in TABS:
        text = open_page("account", account="A", tab=tab).text
        assert "Health ▲ 64 (−36)" in text
        assert "Stage\N{NO-BREAK SPACE}basic by the records" in text
        assert "Lifetime value\N{NO-BREAK SPACE}unknown" in text
        assert "Confidence of health" in text


def test_an_account_of_thin_evidence_looks_so(ledger, open_page):
    page = open_page("account", account="B")
    assert re.search(r"Health ○ \d+.*, thin evidence", page.text)
    assert re.search(r"Health is \d+, on thin evidence", page.text)


def test_a_note_takes_two_clicks_and_stands_on_the_timeline(ledger, open_page):
    page = open_page("account", account="A", tab="Timeline")
    page.field("text_area", "What was said or happened").set_value("They want a price by Friday")
    page.field("selectbox", "With").set_value("K1")
    page.field("text_input", "Next step promised").set_value("Send the price")
    page.field("date_input", "Due").set_value(date(2026, 1, 2))
    page.press("Write it down")
    assert not page.errors
    assert "It is written down." in page.text
    first = next(row for row in page.tables["Timeline"] if row["Kind"] == "note")
    assert (first["What was said or happened"], first["Promised or agreed"], first["State"]) == (
        "They want a price by Friday", "Send the price", "open"
    )  # fmt: skip
    (row,) = ledger.read("relationships.captured_interactions").records()
    assert (row["by"], row["contact_id"], row["kind"]) == ("Ines Brandt", "K1", "note")


def test_a_note_that_cannot_be_is_refused_beside_the_form_and_what_was_typed_stays(ledger, open_page):
    page = open_page("account", account="A")
    page.field("text_input", "Next step promised").set_value("Send the price")
    page.press("Write it down")
    assert page.errors == ["Say in a few words what was said or what happened."]
    assert page.field("text_input", "Next step promised").value == "Send the price"
    page.field("text_area", "What was said or happened").set_value("Price")
    page.field("date_input", "Due").set_value(date(2025, 12, 30))
    page.press("Write it down")
    assert page.errors == [
        "The next step is due on 30 Dec 2025, before the day itself (31 Dec 2025): choose a later day."
    ]
    assert page.field("text_area", "What was said or happened").value == "Price"
    assert ledger.read("relationships.captured_interactions").total == 0


def test_a_note_of_a_later_day_says_from_when_it_shows(ledger, open_page):
    page = open_page("account", account="A", as_of="2025-12-31")
    page.field("text_area", "What was said or happened").set_value("Later")
    page.field("date_input", "On").set_value(date(2026, 1, 5))
    page.press("Write it down")
    assert "it shows from 5 Jan 2026 on." in page.text
    assert "See the account on that day" in page.text


def test_a_promise_is_settled_and_an_entry_corrected(ledger, champion, open_page):
    made = relationships.capture(
        ledger, "A", kind="call", occurred_on=date(2025, 12, 1), summary="Frist words", next_step="Send it",
        next_step_due=date(2025, 12, 20), who=champion,
    )  # fmt: skip
    page = open_page("account", account="A", tab="Timeline")
    page.field("radio", "It was").set_value("dropped")
    page.press("Settle the promise")
    assert page.errors == ["Say why the promise is dropped: the reason is kept."]
    page.field("text_input", "What came of it").set_value("They bought elsewhere")
    page.press("Settle the promise")
    assert "The promise is settled." in page.text

    page.field("selectbox", "Entry").set_value(made).run()
    fields = [w for w in page.at.text_area if w.label == "What was said or happened"]
    assert fields[-1].value == "Frist words"
    fields[-1].set_value("First words")
    page.press("Save the new version")
    assert "The new version is saved." in page.text
    words = {row["What was said or happened"]: row["State"] for row in page.tables["Timeline"] if row["Kind"] == "call"}
    assert words == {"First words": "dropped"}


def test_people_show_the_finding_the_warnings_and_each_fact(ledger, open_page):
    page = open_page("account", account="A", tab="People")
    assert page.metrics["Coverage"] == "0.0\N{NO-BREAK SPACE}%"
    assert "Influential and not in touch: Mara Voss, Jan Kolb." in page.text
    assert [row["Contact"] for row in page.tables["Contacts"]] == ["Mara Voss", "Jan Kolb"]
    assert len(page.at.get("graphviz_chart")) == 1
    facts = {(row["Contact"], row["Fact"]): row for row in page.tables["Facts about contacts"]}
    assert facts[("Jan Kolb", "Reports to")]["Value"] == "Mara Voss"
    assert facts[("Jan Kolb", "Attitude")]["Known"] == "from the import"


def test_what_is_known_of_a_contact_is_written_down_with_its_source(ledger, open_page):
    page = open_page("account", account="A", tab="People")
    page.field("selectbox", "Contact").set_value("K3").run()
    page.field("selectbox", "Attitude").set_value(1)
    page.press("Save what is known")
    assert page.errors == ["Say how you know it: the source is kept with each fact."]
    assert page.field("selectbox", "Attitude").value == 1
    page.field("text_input", "How we know it").set_value("visit of May")
    page.field("radio", "It is").set_value("confirmed")
    page.press("Save what is known")
    assert "Written down about Jan Kolb: 1 fact." in page.text
    (row,) = ledger.read("relationships.contact_observations").records()
    assert (row["attribute"], row["value"], row["status"], row["source"]) == (
        "attitude",
        "1",
        "confirmed",
        "visit of May",
    )
    contact = next(row for row in page.tables["Contacts"] if row["Contact"] == "Jan Kolb")
    assert (contact["Attitude, −2 to 2"], contact["Attitude is"]) == ("1", "confirmed")


def test_a_circle_of_reporting_lines_is_refused(ledger, open_page):
    page = open_page("account", account="A", tab="People")
    page.field("selectbox", "Contact").set_value("K1").run()
    page.field("selectbox", "Reports to").set_value("K3")
    page.field("text_input", "How we know it").set_value("chart")
    page.press("Save what is known")
    assert page.errors == [
        "Jan Kolb reports to Mara Voss already, directly or through others: a reporting line cannot be a circle."
    ]
    assert ledger.read("relationships.contact_observations").total == 0


def test_who_saves_second_is_shown_both_versions_and_loses_nothing(ledger, champion, open_page):
    page = open_page("account", account="A", tab="People")
    page.field("selectbox", "Contact").set_value("K3").run()
    relationships.observe(
        ledger, "A", "K3", {"attitude": 2}, status="confirmed", source="theirs", observed_on=AS_OF, who=champion
    )
    page.field("selectbox", "Attitude").set_value(-2)
    page.field("text_input", "How we know it").set_value("mine")
    page.press("Save what is known")
    (both,) = page.tables["both_versions"]
    assert (both["Field"], both["Saved now"], both["Your change"]) == ("attitude", "2", "\N{MINUS SIGN}2")
    assert page.field("selectbox", "Attitude").value == -2
    page.press("Save what is known")
    assert not page.errors
    values = ledger.read("relationships.contact_observations", order_by=[("observation_id", False)])
    assert values.column("value") == ["2", "-2"]


def test_a_contact_is_added_where_there_is_none(ledger, open_page):
    page = open_page("account", account="C", tab="People")
    page.press("Add the contact")
    assert page.errors == ["Name the person."]
    page.field("text_input", "Name").set_value("Ida Noll")
    page.field("text_input", "How we know it").set_value("first call")
    page.press("Add the contact")
    assert "The contact is added." in page.text
    assert [row["Contact"] for row in page.tables["Contacts"]] == ["Ida Noll"]


def test_the_profile_asks_its_questions_and_keeps_text_source_and_day(ledger, open_page):
    page = open_page("account", account="A", tab="Needs")
    assert page.metrics["Profile complete"] == "0.0\N{NO-BREAK SPACE}%"
    assert "Not known yet. What do they want to achieve in the next three years" in page.text
    page.field("text_area", "What is known").set_value("Halve the energy of line 2")
    page.press("Save the section")
    assert page.errors == ["Say how you know it: the source is kept with the text."]
    page.field("text_input", "How we know it").set_value("meeting with Voss")
    page.press("Save the section")
    assert "The customer's objectives: saved." in page.text
    assert page.metrics["Profile complete"] == "14.3\N{NO-BREAK SPACE}%"
    assert "31 Dec 2025, Ines Brandt: meeting with Voss" in page.text


def test_the_stage_is_rated_and_its_gap_shown(ledger, open_page):
    page = open_page("account", account="A")
    page.press("Save the rating")
    assert page.errors == ["Choose a stage, or mark the six items: one of the two."]
    keyed(page, ".stage").set_value("integrated")
    page.field("text_input", "What it rests on").set_value("Joint planning team")
    page.press("Save the rating")
    assert "The stage is saved: integrated." in page.text
    assert "We rate it integrated, contacts and service support basic." in page.text
    rows = {row["Stage"]: row for row in page.tables["Stage of the relationship"]}
    assert rows["as we see it"]["Millman & Wilson"] == "synergistic KAM"
    assert rows["as the customer sees it"]["Is"] == "not rated"


def test_a_red_line_is_recorded_shown_and_closed(ledger, open_page):
    page = open_page("account", account="A")
    page.press("Record the red line")
    assert page.errors == ["Say how you know it: the evidence is kept."]
    page.field("selectbox", "What happened").set_value("tender")
    page.field("text_input", "How we know it").set_value("Letter of 30 Dec")
    page.press("Record the red line")
    assert "■ tender announced since 31 Dec 2025: Letter of 30 Dec Health is capped at 40." in page.text
    assert "Red line since 31 Dec 2025: a tender is announced. Letter of 30 Dec" in page.text
    page.field("text_input", "What ended it").set_value("We won it")
    page.press("Close the red line")
    assert "The red line is closed." in page.text
    assert not ledger.read("relationships.red_lines", where=[Condition("closed_on", "is_missing")]).rows


def test_health_shows_its_parts_weights_and_what_is_missing(ledger, open_page):
    page = open_page("account", account="A")
    parts = {row["Part"]: row for row in page.tables["Parts of health"]}
    assert len(parts) == 8
    assert parts["Satisfaction"]["Points"] == "–"
    assert parts["Satisfaction"]["Evidence"].startswith("Nobody answered a survey in 24 months")
    assert parts["Contract horizon"]["Evidence"] == "A contract without an end is running."
    assert parts["Trend of revenue"]["Weight"] == "15"
    said = page.tables["In three sentences"]
    assert len(said) == 3


RTL = "\u202egnp.evil\u202c"


def test_hostile_words_show_as_text_on_every_tab(ledger, champion, open_page):
    given(
        ledger,
        champion,
        "contacts",
        f"""
        contact_id | account_id | name              | title     | role    | influence | attitude | reports_to
        H1         | B          | {HOSTILE}         | {RTL}     | "];x[y  | 5         | 2        |
        H2         | B          | "] ; evil [URL="x | =cmd()    | user    | 4         | -2       | H1
        """,
    )
    relationships.capture(
        ledger, "B", kind="complaint", occurred_on=AS_OF, summary=HOSTILE, by=HOSTILE, contact_id="H1",
        next_step=HOSTILE, next_step_due=AS_OF, who=champion,
    )  # fmt: skip
    relationships.raise_red_line(ledger, "B", "merger", happened_on=AS_OF, evidence=HOSTILE, who=champion)
    relationships.note_need(
        ledger, "B", "objectives", HOSTILE, source=HOSTILE, status="assumed", noted_on=AS_OF, who=champion
    )
    relationships.rate_stage(
        ledger, "B", "customers", stage="basic", evidence=HOSTILE, rated_on=AS_OF, rated_by=HOSTILE, who=champion
    )
    relationships.observe(
        ledger, "B", "K2", {"left": AS_OF}, status="confirmed", source=HOSTILE, observed_on=AS_OF, who=champion
    )
    for tab in TABS:
        page = open_page("account", account="B", tab=tab)
        assert not page.at.exception
        written = [*page.at.markdown, *page.at.caption, *page.at.error, *page.at.info, *page.at.success]
        for element in written:
            bare = re.sub(r"\\.", "", element.value)
            assert "![" not in bare and "<img" not in bare and "](" not in bare, element.value
            assert "\u202e" not in element.value, element.value


def test_a_name_cannot_leave_its_quotes_in_the_org_chart():
    person = {"contact_id": "1", "title": "\\N", "role": None, "influence": 5, "attitude": None, "reports_to": None}
    dot = _dot(
        [
            person | {"name": 'x"] ; evil [URL="http://192.0.2.1'},
            person | {"contact_id": "2", "name": "a\\", "reports_to": "1"},
        ],
        LIGHT,
    )
    for line in dot.splitlines():
        if line.startswith("n"):
            assert line.count('"') % 2 == 0
            inside = line.split('label="')[1].split('"')[0] if "label=" in line else ""
            assert "\\" not in inside.replace("\\n", "")
    assert 'URL="' not in dot
    assert "n0 -> n1" in dot
