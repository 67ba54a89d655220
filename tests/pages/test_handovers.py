"""The page of handovers, and the promise of the pack: it contains what the account page holds."""

from __future__ import annotations

import html
import importlib
import re
from datetime import date, timedelta

import pytest

from kam import managers, portfolio, relations, reviews, sponsorship
from kam.managers.checklist import checklists
from kam.ui.states import state
from tests.drawn import given
from tests.pages.ledgers import AS_OF as DAY
from tests.pages.ledgers import HOSTILE, admitted
from tests.pages.ledgers import company as draw

AS_OF = DAY.isoformat()
ITEMS = checklists()[-1].items


@pytest.fixture
def programme(store, champion):
    """The small company with A and B (hostile) as key accounts, managers on record, one review held on A."""
    draw(store, champion)
    given(
        store,
        champion,
        "interactions",
        f"""
        interaction_id | account_id | occurred_on | kind  | summary        | by         | next_step          | next_step_due
        I3             | A          | 2025-11-30  | visit | {HOSTILE}      | Rosa Quint | Send the drawings  | 2026-01-15
        """,
    )
    given(store, champion, "account_managers", "manager_id | name\nM1 | Rosa Quint\nM2 | Ole Berg")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Edda Falk | CFO\nE2 | Olu Bello | COO")
    admitted(store, champion, "A", "B")
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="knows them", who=champion)
    review = reviews.plan(store, "A", date(2025, 10, 1), participants="Rosa", who=champion)
    reviews.hold(
        store,
        review,
        held_on=date(2025, 10, 1),
        notes="Second supplier on trial",
        rating="at_risk",
        actions=[reviews.Action("Find a second contact", "Rosa Quint", date(2025, 12, 1))],
        expected_version=1,
        who=champion,
    )
    return store


def hand_over(store, who, to="M2", on=DAY):
    return managers.appoint(store, "A", to, grounds=["continuity"], reason="knows the plant", as_of=on, who=who)


def pack_text(store, who, account_id="A", as_of=DAY):
    found = managers.pack(store, account_id, as_of, for_whom=who)
    file = managers.pack_html(found, currency="EUR", word=lambda code: state(code).word).decode()
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "\n", file, flags=re.DOTALL)), file


def test_without_a_change_it_says_what_makes_a_handover(programme, open_page):
    page = open_page("handovers", as_of=AS_OF)

    assert "No key account has changed hands." in page.text


def test_an_unknown_handover_is_said_and_all_are_shown(programme, champion, open_page):
    hand_over(programme, champion)
    page = open_page("handovers", as_of=AS_OF, handover="appointment:7")

    assert page.errors == ["There is no handover appointment:7: reload the page."]
    assert page.tables["Handovers"]


def test_open_handovers_are_counted_with_the_days_they_take(programme, champion, open_page):
    hand_over(programme, champion, on=DAY - timedelta(days=12))
    page = open_page("handovers", as_of=AS_OF)

    assert page.metrics["Open handovers"] == "1"
    assert page.metrics["Longest open"].startswith("12")
    assert page.metrics["Days taken, median of closed"] == "–"
    (row,) = page.tables["Handovers"]
    assert (row["From"], row["To"], row["State"], row["Settled"], row["Items"]) == (
        "Rosa Quint", "Ole Berg", "open", "0", str(len(ITEMS)),
    )  # fmt: skip


def test_a_handover_is_settled_item_by_item_and_closed_with_its_lessons(programme, champion, open_page):
    hand_over(programme, champion, on=DAY - timedelta(days=3))
    page = open_page("handovers", as_of=AS_OF, handover="appointment:1")
    page.field("text_area", "Lessons").set_value("Never call on Fridays")
    page.press("Close it")
    assert page.errors[0].startswith("8 items are open: do each, or say why it is not needed.")
    assert page.field("text_area", "Lessons").value == "Never call on Fridays"

    page.field("radio", "It is").set_value("not_needed")
    page.press("Settle it")
    assert page.errors == ["Say why this item is not needed: the reason is kept with the handover."]
    page.field("text_area", "Note").set_value("both know them")
    page.press("Settle it")
    assert page.tables["Checklist"][0]["State"] == "not needed"
    for _item in list(ITEMS)[1:]:
        page.press("Settle it")
    assert "Every item is settled" in page.text
    page.field("text_area", "Lessons").set_value("Never call on Fridays")
    page.press("Close it")

    assert "The handover is closed after 3 days." in page.text
    assert "Never call on Fridays" in page.text
    assert open_page("handovers", as_of=AS_OF).metrics["Days taken, median of closed"].startswith("3")
    assert "Never call on Fridays" in pack_text(programme, champion)[0]


def test_a_vacant_sponsor_shows_on_the_page_and_on_today(programme, champion, open_page):
    sponsorship.relieve(programme, "A", as_of=DAY, reason="moves", who=champion)
    page = open_page("handovers", as_of=AS_OF)
    assert page.metrics["Of those, nobody takes over"] == "1"
    assert page.tables["Handovers"][0]["State"] == "vacant"

    needs = {
        row["What needs a decision"]: row["Accounts"]
        for row in open_page("today", as_of=AS_OF).tables["What needs a decision"]
    }
    assert needs["1 handover is open"] == "Alpha"
    assert needs["The programme has no champion"] == ""


# The same fact in the words of the file, which knows the records' own.
IN_THE_PACK = {"from the import": "imported"}


def test_the_pack_contains_what_the_account_page_holds(programme, champion, open_page):
    """Every cell of the account page's tables, but for the audit trail, stands in the pack."""
    text, _file = pack_text(programme, champion)
    pack_page = open_page("handovers", as_of=AS_OF, tab="Pack of an account", account="A").text
    checked, missing = 0, []
    for tab in ("Plan", "People", "Needs", "Opportunities", "Service", "Timeline", "Decisions"):
        tables = open_page("account", as_of=AS_OF, account="A", tab=tab).tables
        for title in tables.keys() - {"Audit trail"}:
            for label, cell in (pair for row in tables[title] for pair in row.items()):
                checked += 1
                if IN_THE_PACK.get(cell, cell) not in text or (cell not in pack_page and cell not in IN_THE_PACK):
                    missing.append((tab, title, label, cell))
    assert not missing
    assert checked > 40
    for said in ("Alpha", "Edda Falk", "Steel", "North", "31 Dec 2025", "Send the drawings", "Find a second contact"):
        assert said in text
    assert "1,200" in text, "revenue of twelve months"
    assert "After the day" not in text, "what happened after the day is not known on it"


def test_the_account_page_names_who_was_appointed_and_its_history_says_so(programme, champion, open_page):
    hand_over(programme, champion)

    assert "Ole Berg" in open_page("account", as_of=AS_OF, account="A").text
    before = open_page("account", as_of="2025-12-30", account="A").text
    assert "Ole Berg" not in before and "Rosa Quint" in before
    decisions = open_page("account", as_of=AS_OF, account="A", tab="Decisions").tables["Decisions and reviews"]
    assert (decisions[0]["Decision"], decisions[0]["Outcome"]) == ("manager appointed", "Ole Berg")


def test_the_pack_is_one_file_that_fetches_nothing_and_runs_nothing(programme, champion):
    _text, file = pack_text(programme, champion)
    _other, hostile = pack_text(programme, champion, "B")

    for made in (file, hostile):
        assert not re.search(r"<script|<img|<link|<iframe|\bon\w+=|javascript:|url\(", re.sub(r"&lt;.*?&gt;", "", made))
        assert "default-src 'none'" in made
    assert html.escape(HOSTILE) in hostile


def test_the_pack_of_an_account_without_records_says_what_is_missing(programme, champion):
    text, _file = pack_text(programme, champion, "B")

    for missing in (
        "No interaction on record names a next step.",
        "No contract is on record",
        "No opportunity is on record",
    ):
        assert missing in text


def test_a_part_of_another_room_is_a_line_and_one_whose_relation_is_missing_is_left_out(
    programme, champion, monkeypatch
):
    more = managers.Part("Surveys", "ledgers.survey_responses", [("attribute", "Attribute", "text")], "No survey.")
    gone = managers.Part("Plans", "nowhere.plans", [("name", "Plan", "text")], "No plan.")
    lesser = managers.Part("People", "ledgers.contacts", [("name", "Contact", "text")], "", unless="managers.load")
    monkeypatch.setattr(importlib.import_module("kam.managers.pack"), "PARTS", (more, gone, lesser))
    found = managers.pack(programme, "A", DAY, for_whom=champion)
    assert [filled.part.title for filled in found.parts] == ["Surveys"]


def test_every_part_names_columns_that_its_relation_has(programme):
    known = relations.catalogue()
    present = [p for p in managers.PARTS if p.relation in known or p.relation.startswith("ledgers.")]
    assert len(present) >= 10
    for part in present:
        columns = programme.columns(part.relation)
        assert {name for name, _label, _unit in part.columns} <= set(columns), part.relation
        parameters = [name for name, _kind in known[part.relation].parameters] if part.relation in known else []
        assert set(part.takes) | set(part.arguments) == set(parameters), part.relation


def test_the_account_filter_narrows_the_handovers(programme, champion, open_page):
    hand_over(programme, champion)
    conditions = [{"key": "region", "is": "one_of", "value": ["South"]}]
    portfolio.save_segment(programme, "South", conditions, as_of=DAY, who=champion)
    assert [row["Account"] for row in open_page("handovers", as_of=AS_OF).tables["Handovers"]].count("Alpha") == 1
    south = open_page("handovers", as_of=AS_OF, accounts="segment:South")
    assert "Alpha" not in {row["Account"] for row in south.tables.get("Handovers", [])}
