"""Three sentences that the data writes, each with where its evidence stands."""

from __future__ import annotations

from datetime import date

from kam import relationships
from kam.store import Condition
from tests.drawn import given
from tests.relationships.conftest import AS_OF


def said(store, account_id="A", on=AS_OF):
    account = store.one(
        "programme.account_list",
        {"as_of": on, "level": "account"},
        where=[Condition("account_id", "=", account_id)],
    )
    course = relationships.course(store, account_id, on)
    people = relationships.stakeholders(store, account_id, on)
    found = relationships.sentences(store, account, course, people, on)
    assert [sentence.topic for sentence in found] == ["changed", "due", "risk"]
    return found


def test_an_account_without_records_is_told_to_be_so(ledger):
    changed, due, risk = said(ledger, "B")
    assert changed.text == "Nothing was written down about dealings with this account yet."
    assert due.text == "Nothing is due up to 1 Mar 2026."
    assert risk.text == "No risk shows in the records; health rests on 0\N{NO-BREAK SPACE}% of its evidence."


def test_a_move_of_health_a_late_promise_and_a_blind_spot_are_said_with_their_evidence(ledger):
    changed, due, risk = said(ledger)
    # The executive visit of 31 December; growth of revenue is the other change.
    assert changed.text == ("Health rose by 56 points to 77 since 30 Sep 2025, most by: executive contact. And 1 more.")
    assert (changed.page, changed.tab) == ("account", "summary")
    assert due.text == "Late since 1 Nov 2025: the promise “Send offer” (Rosa Quint)."
    assert (due.page, due.tab, due.tone) == ("account", "timeline", "bad")
    assert risk.text == "1 influential contact is not in touch: Jan Kolb. And 1 more."
    assert (risk.page, risk.tab) == ("account", "people")


def test_a_red_line_comes_before_everything_else(ledger, champion):
    relationships.raise_red_line(
        ledger, "A", "sponsor_lost", happened_on=date(2025, 12, 1), evidence="She retired.", who=champion
    )
    changed, _due, risk = said(ledger)
    assert changed.text.startswith("Since 1 Dec 2025: the customer's sponsor is lost.")
    assert risk.text.startswith("Red line since 1 Dec 2025: the customer's sponsor is lost. She retired.")
    assert (changed.tone, risk.tone) == ("bad", "bad")


def test_a_contact_who_left_raises_an_alert_for_a_quarter(ledger, champion):
    relationships.observe(
        ledger, "A", "K1", {"left": date(2025, 11, 30)}, status="confirmed", source="mail", observed_on=AS_OF,
        who=champion,
    )  # fmt: skip
    assert said(ledger)[0].text.startswith("Mara Voss left on 30 Nov 2025.")
    assert "left on" not in said(ledger, on=date(2026, 3, 31))[0].text


def test_what_is_due_is_the_earliest_within_the_days_ahead(ledger, champion):
    relationships.settle(ledger, "I1", outcome="kept", settled_on=AS_OF, who=champion)
    given(
        ledger, champion, "contracts",
        """
        contract_id | account_id | name  | start_date | end_date   | notice_days
        V1          | A          | Frame | 2024-01-01 | 2026-03-31 | 60
        V2          | A          | Spare | 2024-01-01 | 2026-02-28 |
        V3          | A          | Later | 2024-01-01 | 2026-03-02 |
        """,
    )  # fmt: skip
    _changed, due, _risk = said(ledger)
    assert due.text == "Due on 30 Jan 2026: the last day for notice of “Frame”. 1 more is due up to 1 Mar 2026."
    assert (due.page, due.tab) == ("account", "opportunities")


def test_dates_to_come_are_in_order_and_late_ones_marked(ledger):
    dates = relationships.due_dates(ledger, "A", AS_OF)
    assert [(row["due_on"], row["kind"], row["is_late"]) for row in dates] == [(date(2025, 11, 1), "promise", True)]
    assert relationships.due_dates(ledger, "A", date(2025, 11, 1))[0]["is_late"] is False
