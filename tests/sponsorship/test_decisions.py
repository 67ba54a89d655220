"""Assigning and relieving: one active sponsor, only key accounts, caps, order, and what stays untouched."""

from __future__ import annotations

from datetime import date

import pytest

from kam import parameters, programme, sponsorship
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import events
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

DAY = date(2025, 3, 1)


@pytest.fixture
def programme_of_seven(store, champion):
    """Seven key accounts A–G since 1 January 2025 and three executives; E3 offers to take one account."""
    key_accounts(store, champion, *"ABCDEFG")
    given(
        store,
        champion,
        "executives",
        """
        executive_id | name       | title | max_accounts
        E1           | Ada Nagel  | CFO   |
        E2           | Bo Lund    | COO   |
        E3           | Cara Weiss | CTO   | 1
        """,
    )
    return store


def _assign(store, who, account_id, executive_id, on=DAY, **more):
    return sponsorship.assign(store, account_id, executive_id, as_of=on, reason="knows them", who=who, **more)


def _state(store):
    return (
        store.read("sponsorship.decisions", order_by=[("decision_id", False)]).rows,
        store.read("sponsorship.active_sponsors", order_by=[("account_id", False)]).rows,
        len(events(store, limit=1000)),
    )


def _refused(store, kind, message, action):
    before = _state(store)
    with pytest.raises(kind, match=message) as caught:
        action()
    assert _state(store) == before
    return caught.value


def test_an_assignment_is_kept_with_its_reason_what_was_seen_and_an_audit_event(programme_of_seven, champion):
    store = programme_of_seven
    done = _assign(store, champion, "A", "E1")

    (decision,) = sponsorship.history(store, "A", for_whom=champion)
    assert decision.decision_id == done.decision_id
    assert (decision.decision, decision.executive_id, decision.reason) == ("assigned", "E1", "knows them")
    assert decision.seen == {"fit": None, "accounts_sponsored": 1}
    event = events(store, subject_kind="account", subject_id="A")[0]
    assert (event.action, event.details["executive_id"]) == ("assign sponsor", "E1")


def test_a_second_sponsor_is_refused_by_name(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")

    refusal = _refused(
        store, RuleBroken, "A Ltd has a sponsor already, Ada Nagel", lambda: _assign(store, champion, "A", "E2")
    )
    assert refusal.reason == "has_sponsor"


def test_the_store_itself_refuses_a_second_active_sponsor(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")

    def twice(tx):
        tx.insert("sponsorship.active_sponsors", account_id="A", executive_id="E2", assigned_on=DAY, decision_id=99)

    with pytest.raises(Exception, match="primary key"):
        store.write(twice, who=champion, action="force", subject=("test", "A"))
    assert [row["executive_id"] for row in store.read("sponsorship.active_sponsors")] == ["E1"]


def test_only_key_accounts_get_a_sponsor(programme_of_seven, champion):
    store = programme_of_seven
    with_ledger(store, champion, "X")
    _refused(store, RuleBroken, "X Ltd is not a key account", lambda: _assign(store, champion, "X", "E1"))

    programme.release(store, "G", as_of=DAY, reason="left", who=champion)
    _refused(store, RuleBroken, "G Ltd is not a key account", lambda: _assign(store, champion, "G", "E1"))


def test_a_sponsor_starts_on_the_admission_day_at_the_earliest(programme_of_seven, champion):
    store = programme_of_seven
    _refused(
        store,
        RuleBroken,
        "is a key account since 1 Jan 2025",
        lambda: _assign(store, champion, "A", "E1", on=date(2024, 12, 31)),
    )
    assert _assign(store, champion, "A", "E1", on=date(2025, 1, 1)) is not None


def test_unknown_names_are_refused(programme_of_seven, champion):
    store = programme_of_seven
    _refused(store, NotFound, "no executive E9", lambda: _assign(store, champion, "A", "E9"))
    _refused(store, NotFound, "no account Z", lambda: _assign(store, champion, "Z", "E1"))


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_reason_is_asked_for_and_kept_short(programme_of_seven, champion, reason):
    store = programme_of_seven
    _refused(
        store,
        BadInput,
        "eason",
        lambda: sponsorship.assign(store, "A", "E1", as_of=DAY, reason=reason, who=champion),
    )


def test_the_fourth_account_warns_and_the_sixth_is_refused(programme_of_seven, champion):
    store = programme_of_seven
    warnings = [_assign(store, champion, account_id, "E1").warning for account_id in "ABCDE"]

    assert warnings[:3] == [None, None, None]
    assert "now sponsors 4 accounts; above 3" in warnings[3]
    assert "now sponsors 5 accounts" in warnings[4]
    refusal = _refused(store, RuleBroken, "sponsors 5 accounts already", lambda: _assign(store, champion, "F", "E1"))
    assert refusal.reason == "over_hard_cap"


def test_the_caps_are_dated_parameters(programme_of_seven, champion):
    store = programme_of_seven
    parameters.adopt(store, "sponsorship.accounts_refused_above", 1, valid_from=DAY, source="Board", who=champion)
    _assign(store, champion, "A", "E1")
    _refused(store, RuleBroken, "more than 1 \\(Board\\)", lambda: _assign(store, champion, "B", "E1"))


def test_an_executives_own_offer_warns_earlier(programme_of_seven, champion):
    store = programme_of_seven
    assert _assign(store, champion, "A", "E3").warning is None
    assert "offered to take 1" in _assign(store, champion, "B", "E3").warning


def test_a_relief_makes_room_for_the_next_sponsor_and_both_stay_on_record(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")
    sponsorship.relieve(store, "A", as_of=DAY, reason="new role", who=champion)
    _assign(store, champion, "A", "E2")

    assert [(d.decision, d.executive_id) for d in sponsorship.history(store, "A", for_whom=champion)] == [
        ("assigned", "E2"),
        ("relieved", "E1"),
        ("assigned", "E1"),
    ]
    (row,) = [r for r in store.read("sponsorship.roster_sponsors", {"as_of": DAY}) if r["account_id"] == "A"]
    assert row["executive_id"] == "E2"


def test_a_relief_of_nobody_is_refused(programme_of_seven, champion):
    store = programme_of_seven
    _refused(
        store,
        RuleBroken,
        "A Ltd has no sponsor",
        lambda: sponsorship.relieve(store, "A", as_of=DAY, reason="x", who=champion),
    )


def test_a_relief_meant_for_another_sponsor_is_refused(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")
    _refused(
        store,
        RuleBroken,
        "has another sponsor by now: Ada Nagel",
        lambda: sponsorship.relieve(store, "A", as_of=DAY, reason="x", who=champion, executive_id="E2"),
    )


def test_decisions_of_an_account_go_forward_in_time(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")
    _refused(
        store,
        RuleBroken,
        "last decision about the sponsor of A Ltd is of 1 Mar 2025",
        lambda: sponsorship.relieve(store, "A", as_of=date(2025, 2, 28), reason="x", who=champion),
    )


def test_a_double_click_assigns_once(programme_of_seven, champion):
    store = programme_of_seven
    assert _assign(store, champion, "A", "E1", op_id="click") is not None
    before = _state(store)

    assert _assign(store, champion, "A", "E1", op_id="click") is None
    assert _state(store) == before


def test_a_released_account_can_still_be_freed_of_its_sponsor(programme_of_seven, champion):
    store = programme_of_seven
    _assign(store, champion, "A", "E1")
    programme.release(store, "A", as_of=DAY, reason="left", who=champion)

    assert sponsorship.relieve(store, "A", as_of=DAY, reason="left", who=champion) is not None
    assert len(store.read("sponsorship.active_sponsors")) == 0
