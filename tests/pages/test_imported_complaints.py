"""Imported complaints on the page Service and on Today: none, taken over, refused, settled."""

from __future__ import annotations

import pytest

from tests.drawn import given
from tests.pages.ledgers import HOSTILE, admitted, company


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "B")
    return store


@pytest.fixture
def complained(ledger, champion):
    given(
        ledger,
        champion,
        "interactions",
        f"""
        interaction_id | account_id | occurred_on | kind      | summary   | by
        I7             | B          | 2025-12-20  | complaint | {HOSTILE} | Rosa Quint
        """,
    )
    return ledger


def opened(open_page):
    return open_page("service", as_of="2025-12-31", tab="Complaints")


def test_without_imported_complaints_nothing_is_said_of_them(ledger, open_page):
    page = opened(open_page)
    assert not page.at.exception and "without an owner" not in "".join(page.tables)


def test_one_is_taken_over_and_owned_by_who_takes_it(complained, open_page):
    page = opened(open_page)
    assert "1 imported complaint has no owner" in page.text
    page.press("Decide on this complaint")
    assert page.at.success[0].value.startswith("The complaint is taken over; Ines Brandt owns it")
    assert [(row["Owner"], row["Complaint"]) for row in page.tables["Complaints"]] == [("Ines Brandt", HOSTILE)]
    assert "Imported complaints without an owner" not in page.tables


def test_calling_it_settled_without_a_word_is_refused_and_kept(complained, open_page):
    page = opened(open_page)
    page.field("radio", "What becomes of it").set_value(False)
    page.press("Decide on this complaint")
    assert page.errors == ["Say how it was settled: the reason is kept."]
    assert page.field("radio", "What becomes of it").value is False
    page.field("text_input", "How it was settled, where it was").set_value("credit note")
    page.press("Decide on this complaint")
    assert not page.errors and "Imported complaints without an owner" not in page.tables


def test_today_says_how_many_of_key_accounts_wait(complained, open_page):
    needs = open_page("today", as_of="2025-12-31").tables["What needs a decision"]
    assert any(row["What needs a decision"] == "1 imported complaint has no owner" for row in needs)
