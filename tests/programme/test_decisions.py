"""Admitting accounts to the programme and releasing them."""

from __future__ import annotations

from datetime import date

import pytest

from kam import parameters, programme
from kam.errors import BadInput, NotFound, Refusal, RuleBroken
from kam.programme import SeenVerdict
from kam.store import events, new_operation
from tests.programme.conftest import ACCOUNTS

DAY = date(2025, 6, 30)
PASS = SeenVerdict("pass", criteria_set_id=1, seen={"verdict": "pass", "as_of": DAY})


def admit(store, champion, account_id, *, as_of=DAY, reason="fits the charter", verdict=PASS, **more):
    return programme.admit(store, account_id, verdict, as_of=as_of, reason=reason, who=champion, **more)


def state(store):
    """Everything a decision could have changed."""
    return (
        store.read("programme.roster_decisions", order_by=[("decision_id", False)]).rows,
        store.read("programme.members", order_by=[("account_id", False)]).rows,
        len(events(store)),
        store.version("programme"),
    )


def refused(store, kind, action, *said, reason=None):
    """The refusal that the action meets; nothing changed."""
    before = state(store)
    with pytest.raises(kind) as refusal:
        action()
    for words in said:
        assert words in refusal.value.message
    if reason:
        assert refusal.value.reason == reason
    assert state(store) == before
    return refusal.value


def test_an_admission_keeps_what_was_seen_and_why(ledger, champion):
    decision_id = admit(ledger, champion, "A01", category="star")
    (decision,) = programme.decisions(ledger, "A01")
    assert decision.decision_id == decision_id
    assert (decision.decision, decision.decided_on, decision.category) == ("admitted", DAY, "star")
    assert (decision.reason, decision.decided_by, decision.criteria_set_id) == ("fits the charter", champion.name, 1)
    assert decision.seen == {"verdict": "pass", "as_of": "2025-06-30"}
    assert events(ledger, subject_kind="account", subject_id="A01")[0].details["reason"] == "fits the charter"


def test_an_account_that_fails_is_refused_with_the_gate_and_without_an_override(ledger, champion):
    verdict = SeenVerdict("fail", because=("revenue is 90, and 100 at least is needed",))
    refused(
        ledger,
        RuleBroken,
        lambda: admit(ledger, champion, "A01", verdict=verdict),
        "Account A01",
        "revenue is 90, and 100 at least is needed",
        "no override",
        reason="verdict_fail",
    )


def test_an_unknown_verdict_blocks_admission(ledger, champion):
    verdict = SeenVerdict("unknown", because=("margin is unknown",))
    refused(
        ledger,
        RuleBroken,
        lambda: admit(ledger, champion, "A01", verdict=verdict),
        "margin is unknown",
        reason="verdict_unknown",
    )


def test_the_twenty_sixth_account_is_refused_and_a_release_makes_room(ledger, champion):
    for account_id in ACCOUNTS[:25]:
        admit(ledger, champion, account_id)
    said = refused(ledger, RuleBroken, lambda: admit(ledger, champion, "A26"), "25", "Ryals", reason="programme_full")
    assert said.field == "account_id"
    programme.release(ledger, "A01", as_of=DAY, reason="plant closed", who=champion)
    assert admit(ledger, champion, "A26") is not None
    assert programme.size(ledger, DAY) == 25


def test_the_limit_is_the_parameter_of_that_day(ledger, champion):
    parameters.adopt(
        ledger, "programme.accounts_at_most", 2, valid_from=date(2025, 6, 30), source="board", who=champion
    )
    admit(ledger, champion, "A01")
    admit(ledger, champion, "A02")
    refused(ledger, RuleBroken, lambda: admit(ledger, champion, "A03"), "board", reason="programme_full")


def test_without_a_limit_nobody_is_admitted(ledger, champion):
    parameters.adopt(
        ledger, "programme.accounts_at_most", None, valid_from=date(2025, 1, 1), source="board", who=champion
    )
    refused(ledger, RuleBroken, lambda: admit(ledger, champion, "A01"), reason="no_limit")


def test_an_admission_dated_back_has_to_fit_on_every_later_day(ledger, champion):
    parameters.adopt(ledger, "programme.accounts_at_most", 2, valid_from=date(2024, 1, 1), source="board", who=champion)
    admit(ledger, champion, "A01", as_of=date(2025, 1, 1))
    admit(ledger, champion, "A02", as_of=date(2025, 3, 1))
    programme.release(ledger, "A01", as_of=date(2025, 5, 1), reason="left", who=champion)
    # There is room in February and today, but not in March and April.
    refused(
        ledger,
        RuleBroken,
        lambda: admit(ledger, champion, "A03", as_of=date(2025, 2, 1)),
        "1 Mar 2025",
        reason="programme_full",
    )
    assert admit(ledger, champion, "A03", as_of=date(2025, 5, 1)) is not None


def test_a_member_is_not_admitted_twice(ledger, champion):
    admit(ledger, champion, "A01")
    refused(ledger, RuleBroken, lambda: admit(ledger, champion, "A01"), "Account A01", reason="already_member")


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_decision_without_a_reason_is_refused(ledger, champion, reason):
    refused(ledger, BadInput, lambda: admit(ledger, champion, "A01", reason=reason), reason="missing")
    admit(ledger, champion, "A01")
    refused(
        ledger,
        BadInput,
        lambda: programme.release(ledger, "A01", as_of=DAY, reason=reason, who=champion),
        reason="missing",
    )


def test_a_day_before_the_ledger_is_refused(ledger, champion):
    refused(ledger, BadInput, lambda: admit(ledger, champion, "A01", as_of=date(2023, 12, 31)), reason="before_ledger")
    assert admit(ledger, champion, "A01", as_of=date(2024, 1, 1)) is not None


def test_an_empty_ledger_is_said(store, champion):
    refused(store, Refusal, lambda: admit(store, champion, "A01"), "import", reason="empty_ledger")


def test_an_unknown_account_is_refused(ledger, champion):
    refused(ledger, NotFound, lambda: admit(ledger, champion, "nobody"), "nobody", reason="unknown_account")
    refused(
        ledger,
        NotFound,
        lambda: programme.release(ledger, "nobody", as_of=DAY, reason="x", who=champion),
        reason="unknown_account",
    )


def test_an_unknown_category_is_refused(ledger, champion):
    refused(ledger, BadInput, lambda: admit(ledger, champion, "A01", category="golden"), "golden")


def test_who_is_not_in_cannot_be_released(ledger, champion):
    refused(
        ledger,
        RuleBroken,
        lambda: programme.release(ledger, "A01", as_of=DAY, reason="x", who=champion),
        "Account A01",
        reason="not_member",
    )


def test_decisions_about_an_account_follow_each_other_in_time(ledger, champion):
    admit(ledger, champion, "A01", as_of=date(2025, 3, 1))
    refused(
        ledger,
        RuleBroken,
        lambda: programme.release(ledger, "A01", as_of=date(2025, 2, 28), reason="x", who=champion),
        "1 Mar 2025",
        reason="before_last_decision",
    )
    programme.release(ledger, "A01", as_of=date(2025, 3, 1), reason="x", who=champion)
    refused(
        ledger,
        RuleBroken,
        lambda: admit(ledger, champion, "A01", as_of=date(2025, 2, 28)),
        reason="before_last_decision",
    )


def test_a_double_click_decides_once(ledger, champion):
    once = new_operation()
    assert admit(ledger, champion, "A01", op_id=once) == 1
    assert admit(ledger, champion, "A01", op_id=once) is None
    again = new_operation()
    assert programme.release(ledger, "A01", as_of=DAY, reason="x", who=champion, op_id=again) == 2
    assert programme.release(ledger, "A01", as_of=DAY, reason="x", who=champion, op_id=again) is None
    assert len(programme.decisions(ledger)) == 2
