"""The sponsorship overview: the finding, the matrix, load, contacts, gaps."""

from __future__ import annotations

from datetime import date

import pytest

from kam import sponsorship
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

AS_OF = "2025-06-30"


@pytest.fixture
def programme(store, champion):
    """A and B; Ada sponsors A with Bo as deputy, B is vacant."""
    key_accounts(store, champion, "A", "B", category="strategic")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO\nE2 | Bo Lund | COO")
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="x", who=champion)
    sponsorship.name_deputy(store, "A", "E2", as_of=date(2025, 2, 1), reason="x", who=champion)
    return store


def test_without_key_accounts_it_says_where_to_begin(store, champion, open_page):
    with_ledger(store, champion, "A")

    assert "There is no key account on this day." in open_page("sponsorship").text


def test_who_has_whom_is_a_matrix_under_the_finding(programme, open_page):
    page = open_page("sponsorship", as_of=AS_OF)

    assert "1 of 2 key accounts have one of our executives behind them;" in page.text
    rows = {row["Account"]: row for row in page.tables["Who stands behind whom"]}
    assert (rows["A Ltd"]["Ada Nagel"], rows["A Ltd"]["Bo Lund"]) == ("●", "○")
    assert rows["B Ltd"]["Visit"] == "vacant"


def test_gaps_and_contacts_are_told(programme, open_page):
    page = open_page("sponsorship", as_of=AS_OF, tab="Gaps")
    assert "B Ltd has no executive sponsor" in page.text
    assert [row["Pattern"] for row in page.tables["Patterns worth a conversation"]] == ["nothing planned"]

    page = open_page("sponsorship", as_of=AS_OF, tab="Contacts")
    states = {(row["Account"], row["Contact"]): row["Cadence"] for row in page.tables["Cadence of contacts"]}
    assert states["A Ltd", "call"] == "overdue" and states["B Ltd", "visit"] == "unassigned"
