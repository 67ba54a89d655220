"""Finding an account, contact, order or action by a part of its name."""

from __future__ import annotations

from datetime import date

import pytest

from kam import everyday, plans, relationships
from kam.errors import BadInput
from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    """Four accounts around one word, a contact each side of the day, orders on both sides of it, one plan action."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name
        A1         | Müller Werke
        A2         | Alte Müllerei
        A3         | Muller
        A4         | 100% _Glas
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | line_no
        SO-7     | A1         | 2025-12-31 | 10.00       | 1
        SO-7     | A1         | 2025-12-31 | 5.00        | 2
        SO-70    | A2         | 2026-01-01 | 9.00        | 1
        XSO-7    | A2         | 2025-01-01 | 9.00        | 1
        """,
    )
    given(
        store,
        champion,
        "contacts",
        """
        contact_id | account_id | name     | title | email
        K1         | A1         | Eva Roth | Buyer | e.roth@mueller.example
        """,
    )
    plan = plans.open_plan(
        store, "A1", {"title": "Plan", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)},
        as_of=date(2025, 1, 1), who=champion,
    )  # fmt: skip
    plans.record(
        store, "action", plan, {"action": "Visit the Roth plant", "owner": "Ole Berg", "due_on": date(2025, 6, 1)},
        as_of=date(2025, 2, 1), who=champion,
    )  # fmt: skip
    return store


def ids(found, kind, column):
    return found[kind].column(column)


@pytest.mark.parametrize("sought", ["muller", "MÜLLER", "  müller "])
def test_the_nearest_name_comes_first_whatever_case_and_accents(ledger, sought):
    found = everyday.search(ledger, sought, AS_OF)
    # A3 is the word itself, A1 begins with it, A2 holds it.
    assert ids(found, "accounts", "account_id") == ["A3", "A1", "A2"]


def test_an_id_finds_its_account(ledger):
    assert ids(everyday.search(ledger, "a4", AS_OF), "accounts", "account_id") == ["A4"]


@pytest.mark.parametrize("sought", ["%", "_G", "' or 1=1 --", "\\"])
def test_what_is_sought_is_text_and_no_pattern(ledger, sought):
    found = everyday.search(ledger, sought + "l" if len(sought) < 2 else sought, AS_OF)
    assert ids(found, "accounts", "account_id") == (["A4"] if sought == "_G" else [])


def test_an_order_is_found_with_all_its_lines_and_none_after_the_day(ledger):
    found = everyday.search(ledger, "so-7", AS_OF)["orders"].records()
    assert [(row["order_id"], row["net_revenue"], row["line_count"]) for row in found] == [
        ("SO-7", 15, 2),
        ("XSO-7", 9, 1),
    ]


def test_a_contact_is_found_by_name_title_and_email_as_known_on_the_day(ledger, champion):
    for sought in ("roth", "buyer", "e.roth@mu"):
        assert ids(everyday.search(ledger, sought, AS_OF), "contacts", "contact_id") == ["K1"]
    relationships.observe(
        ledger, "A1", "K1", {"name": "Eva Stein", "title": None}, status="confirmed", source="a card",
        observed_on=date(2025, 7, 1), who=champion,
    )  # fmt: skip
    assert ids(everyday.search(ledger, "stein", AS_OF), "contacts", "name") == ["Eva Stein"]
    assert ids(everyday.search(ledger, "buyer", AS_OF), "contacts", "contact_id") == []
    # Before the observation the file's words stand.
    assert ids(everyday.search(ledger, "buyer", date(2025, 6, 30)), "contacts", "name") == ["Eva Roth"]
    assert ids(everyday.search(ledger, "stein", date(2025, 6, 30)), "contacts", "name") == []


def test_the_found_contacts_say_what_the_account_says_of_them(ledger, champion):
    """A second, slow reading: every person of every account whose name holds the word."""
    relationships.add_contact(
        ledger, "A2", "Rothild Amann", {"title": "Owner"}, status="assumed", source="told", added_on=AS_OF, who=champion
    )
    for day in (AS_OF, date(2025, 12, 30)):
        slow = {
            (row["contact_id"], row["name"], row["title"])
            for row in ledger.read("relationships.contacts", {"as_of": day, "of_account": None})
            if "roth" in row["name"].lower()
        }
        found = everyday.search(ledger, "roth", day)["contacts"].records()
        assert {(row["contact_id"], row["name"], row["title"]) for row in found} == slow


def test_an_action_is_found_by_words_and_owner_and_not_before_it_was_planned(ledger):
    for sought in ("roth plant", "ole berg"):
        (row,) = everyday.search(ledger, sought, AS_OF)["actions"].records()
        assert (row["source"], row["account_id"], row["is_open"]) == ("plan", "A1", True)
    assert not everyday.search(ledger, "roth plant", date(2025, 1, 31))["actions"]


def test_at_most_some_are_given_with_how_many_there_are(ledger):
    found = everyday.search(ledger, "müller", AS_OF, most=2)["accounts"]
    assert (len(found), found.total) == (2, 3)


@pytest.mark.parametrize("sought", ["", " ", "a", " a ", "x" * 101])
def test_too_little_and_too_much_is_refused_in_a_sentence(ledger, sought):
    with pytest.raises(BadInput, match="Type 2 to 100 characters of a name or number"):
        everyday.search(ledger, sought, AS_OF)
