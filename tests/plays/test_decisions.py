"""Plays as decisions: made, changed, retired and marked, with what each refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kam import ledgers, plays
from kam.errors import BadInput, NotFound, Refusal, RuleBroken, StaleWrite
from kam.store import Condition
from tests.plays.conftest import AS_OF

GOOD = {"name": "P", "kind": "offer", "message": "m", "channel": "call", "due_days": 14}


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"name": " "}, "missing", "name"),
        ({"name": "x" * 81}, "too_long", "name"),
        ({"kind": "bribe"}, "unknown", "kind"),
        ({"channel": "fax"}, "unknown", "channel"),
        ({"audience": "friends"}, "unknown", "audience"),
        ({"message": ""}, "missing", "message"),
        ({"due_days": -1}, "out_of_range", "due_days"),
        ({"due_days": 1.5}, "out_of_range", "due_days"),
        ({"due_days": None}, "out_of_range", "due_days"),
        ({"contact_rest_days": 0}, "out_of_range", "contact_rest_days"),
        ({"act_rest_days": float("nan")}, "out_of_range", "act_rest_days"),
        ({"audience": "buyers"}, "missing", "audience_months"),
        ({"audience": "buyers", "audience_months": 0}, "out_of_range", "audience_months"),
        ({"audience": "buyers", "audience_months": 12, "category": "Ships"}, "unknown_category", "category"),
        ({"segment": "Nobody"}, "unknown_segment", "name"),
        ({"unless": ("Nobody",)}, "unknown_segment", "name"),
        ({"playbook_id": 7}, "unknown_playbook", "playbook_id"),
    ],
)
def test_a_play_that_cannot_be_is_refused_beside_its_field(ledger, champion, changes, reason, field):
    with pytest.raises(Refusal) as refused:
        plays.make_play(ledger, plays.Play(**(GOOD | changes)), reason="r", as_of=AS_OF, who=champion)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not ledger.read("plays.versions").rows


def test_a_play_keeps_every_version_and_stands_as_it_did_on_a_day(ledger, champion):
    later = AS_OF + timedelta(days=5)
    play = plays.make_play(ledger, plays.Play(**GOOD), reason="first", as_of=AS_OF, who=champion)
    changed = plays.Play(**(GOOD | {"message": "other"}))
    assert plays.change_play(ledger, play, changed, reason="second", as_of=later, who=champion) == 2
    assert plays.retire_play(ledger, play, reason="third", as_of=later, who=champion) == 3

    def stands(as_of):
        row = ledger.one("plays.play_list", {"as_of": as_of})
        return row and (row["message"], row["play_state"], row["reason"])

    assert [stands(day) for day in (AS_OF - timedelta(days=1), AS_OF, later)] == [
        None,
        ("m", "in_use", "first"),
        ("other", "retired", "third"),
    ]
    assert plays.change_play(ledger, play, changed, reason="again", as_of=later, who=champion) == 4
    assert stands(later) == ("other", "in_use", "again")
    events = ledger.read("store.audit_events", where=[Condition("action", "contains", "play")])
    assert events.column("action") == ["make play", "change play", "retire play", "change play"]


def test_what_a_change_refuses(ledger, champion):
    play = plays.make_play(ledger, plays.Play(**GOOD), reason="r", as_of=AS_OF, who=champion)
    plays.make_play(ledger, plays.Play(**(GOOD | {"name": "Q"})), reason="r", as_of=AS_OF, who=champion)
    given = {"reason": "r", "as_of": AS_OF, "who": champion}
    cases = [
        (RuleBroken, lambda: plays.change_play(ledger, play, plays.Play(**(GOOD | {"name": "q"})), **given)),
        (NotFound, lambda: plays.change_play(ledger, 9, plays.Play(**GOOD), **given)),
        (StaleWrite, lambda: plays.change_play(ledger, play, plays.Play(**GOOD), expected_version=7, **given)),
        (BadInput, lambda: plays.change_play(ledger, play, plays.Play(**GOOD), **(given | {"reason": ""}))),
        (BadInput, lambda: plays.retire_play(ledger, play, **(given | {"as_of": AS_OF - timedelta(days=1)}))),
        (BadInput, lambda: plays.retire_play(ledger, play, **(given | {"reason": " "}))),
    ]
    for kind, doing in cases:
        with pytest.raises(kind):
            doing()
    plays.retire_play(ledger, play, **given)
    with pytest.raises(RuleBroken):
        plays.retire_play(ledger, play, **given)


def test_the_later_word_on_an_account_counts_and_both_stay(ledger, make, champion):
    run = plays.run_play(ledger, make(), as_of=AS_OF, who=champion)
    for day, outcome in ((0, "not_reached"), (3, "won")):
        done_on = AS_OF + timedelta(days=day)
        assert plays.mark(ledger, run, ["A", "A"], outcome, done_on=done_on, as_of=done_on, who=champion) == 1
    last = AS_OF + timedelta(days=3)
    assert ledger.one("plays.acts", {"as_of": last})["outcome"] == "won"
    assert ledger.one("plays.acts", {"as_of": AS_OF})["outcome"] == "not_reached"
    assert len(ledger.read("plays.marks")) == 2
    told = ledger.read(
        "relationships.timeline", {"as_of": last, "of_account": "A"}, where=[Condition("kind", "=", "play")]
    )
    assert told.column("state") == ["won"]


@pytest.mark.parametrize(
    ("accounts", "outcome", "days", "note", "reason"),
    [
        ([], "done", 0, "", "missing"),
        (["A"], "paid", 0, "", "unknown"),
        (["A"], "not_done", 0, " ", "missing"),
        (["A"], "done", -1, "", "out_of_range"),
        (["A"], "done", 1, "", "out_of_range"),
        (["A", "Z"], "done", 0, "", "not_on_list"),
        (["B", "C"], "done", 0, "", "left_out"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_whole(ledger, make, champion, accounts, outcome, days, note, reason):
    run = plays.run_play(ledger, make(audience="buyers", audience_months=12), as_of=AS_OF, who=champion)
    with pytest.raises(Refusal) as refused:
        plays.mark(
            ledger, run, accounts, outcome, note=note, done_on=AS_OF + timedelta(days=days), as_of=AS_OF, who=champion
        )
    assert refused.value.reason == reason
    assert not ledger.read("plays.marks").rows


def test_a_mark_on_an_unknown_run_is_refused(ledger, champion):
    with pytest.raises(NotFound):
        plays.mark(ledger, 4, ["A"], "done", done_on=AS_OF, as_of=AS_OF, who=champion)


def test_being_meant_by_a_play_is_no_reason_against_merging_an_account(ledger, make, champion):
    run = plays.run_play(ledger, make(), as_of=AS_OF, who=champion)
    ledgers.merge_accounts(ledger, "F", "E", reason="same", who=champion)
    plays.mark(ledger, run, ["A"], "done", done_on=AS_OF, as_of=AS_OF, who=champion)
    with pytest.raises(RuleBroken):
        ledgers.merge_accounts(ledger, "A", "B", reason="same", who=champion)
    assert not ledger.read("verification.orphans").rows
