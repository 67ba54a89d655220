"""Running plays: who gets it, who is left out and why, and that every account is in one of the two."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from kam import plans, plays, portfolio, relationships
from kam.errors import NotFound, RuleBroken
from tests.plays.conftest import AS_OF, segment

PUMPS = {"category": "Pumps", "audience_months": 12}


def why(store, play_id, as_of=AS_OF):
    seen = plays.look(store, play_id, as_of)
    found = {row["account_id"]: set() for row in seen.targeted}
    for reason in seen.reasons:
        found[reason.account_id].add(reason.reason)
    assert {row["account_id"] for row in seen.listed} == {a for a, reasons in found.items() if not reasons}
    assert len(seen.targeted) == len(seen.listed) + len(seen.left_out)
    return found


def test_an_offer_for_non_buyers_is_not_sent_to_buyers(ledger, make):
    """The window is open on its left: a purchase a year and a day before does not count; what came back neither."""
    assert why(ledger, make(audience="non_buyers", **PUMPS)) == {
        "A": {"buyer"}, "B": set(), "C": set(), "D": {"buying_unknown"}, "E": set(), "F": set(),
    }  # fmt: skip


def test_instructions_for_buyers_do_not_go_to_prospects(ledger, make):
    assert why(ledger, make(kind="instruction", audience="buyers", **PUMPS)) == {
        "A": set(), "B": {"prospect"}, "C": {"prospect"}, "D": {"buying_unknown"}, "E": {"prospect"}, "F": {"prospect"},
    }  # fmt: skip


def test_of_anything_at_all_no_category_is_needed(ledger, make):
    found = why(ledger, make(audience="buyers", audience_months=12))
    assert {a for a, reasons in found.items() if not reasons} == {"A", "D", "E"}


@pytest.mark.parametrize("months", [1, 7, 12, 13, 24])
@pytest.mark.parametrize("category", ["Pumps", "Hoses", None])
@pytest.mark.parametrize("audience", ["buyers", "non_buyers", "anyone"])
def test_buying_is_as_a_slow_reading_of_the_lines_says(ledger, make, audience, category, months):
    year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    first = date(year, month + 1, min(AS_OF.day, last))
    categories = {row["product_id"]: row["category"] for row in ledger.read("ledgers.products")}
    expected = {}
    for account in "ABCDEF":
        lines = [
            row for row in ledger.read("ledgers.order_lines")
            if row["account_id"] == account and first < row["order_date"] <= AS_OF
        ]  # fmt: skip
        of_it = sum(r["net_revenue"] for r in lines if category in (None, categories[r["product_id"]]))
        unknown = any(category and categories[r["product_id"]] is None and r["net_revenue"] > 0 for r in lines)
        state = "buyer" if of_it > 0 else "buying_unknown" if unknown else "prospect"
        held = {"anyone": (), "buyers": ("prospect", "buying_unknown"), "non_buyers": ("buyer", "buying_unknown")}
        expected[account] = {state} & set(held[audience])
    given = {"audience": audience, "category": category, "audience_months": months}
    assert why(ledger, make(**given)) == expected


def test_a_contact_and_an_act_hold_back_for_exactly_their_days(ledger, make, champion):
    relationships.capture(ledger, "A", kind="call", occurred_on=AS_OF - timedelta(days=9), summary="x", who=champion)
    relationships.capture(ledger, "B", kind="call", occurred_on=AS_OF - timedelta(days=10), summary="x", who=champion)
    relationships.capture(ledger, "C", kind="note", occurred_on=AS_OF, summary="x", who=champion)
    assert [a for a, reasons in why(ledger, make(contact_rest_days=10)).items() if reasons] == ["A"]
    earlier = AS_OF - timedelta(days=20)
    first = make(as_of=earlier)
    run = plays.run_play(ledger, first, as_of=earlier, who=champion)
    for account, days, outcome in (("D", 9, "done"), ("E", 10, "interested"), ("F", 1, "not_done")):
        done_on = AS_OF - timedelta(days=days)
        plays.mark(ledger, run, [account], outcome, note="n", done_on=done_on, as_of=AS_OF, who=champion)
    assert why(ledger, make(act_rest_days=10)) == {
        "A": set(), "B": set(), "C": set(), "D": {"acted_on"}, "E": set(), "F": set(),
    }  # fmt: skip
    # On the list of the first play nothing was said yet of A, B and C.
    assert [a for a, reasons in why(ledger, first).items() if "on_list" in reasons] == ["A", "B", "C"]


def test_a_complaint_or_red_line_holds_back_unless_the_play_says_otherwise(ledger, make, champion):
    given = {"complaint": "late", "function": "transport", "severity": "minor", "received_on": AS_OF}
    plans.receive(ledger, "A", given, received_by="O", as_of=AS_OF, who=champion)
    relationships.raise_red_line(ledger, "B", "tender", happened_on=AS_OF, evidence="mail", who=champion)
    assert {a: r for a, r in why(ledger, make()).items() if r} == {"A": {"complaint"}, "B": {"red_line"}}
    assert not any(why(ledger, make(despite_trouble=True)).values())


def test_segments_say_who_and_when_not_and_reasons_are_counted_with_their_overlap(ledger, make, champion):
    segment(ledger, champion, "Mills", "Steel", "Paper")
    segment(ledger, champion, "Paper", "Paper")
    segment(ledger, champion, "Steel", "Steel")
    play = make(segment="Mills", unless=("Paper",), audience="non_buyers", **PUMPS)
    assert why(ledger, play) == {
        "A": {"buyer"},
        "B": set(),
        "C": set(),
        "D": {"buying_unknown", "segment"},
        "E": {"segment"},
    }
    seen = plays.look(ledger, play, AS_OF)
    counts = {(row["reason"], row["label"]): (row["account_count"], row["alone_count"]) for row in seen.counts}
    assert counts == {("buyer", None): (1, 1), ("buying_unknown", None): (1, 0), ("segment", "Paper"): (2, 1)}
    run = plays.run_play(ledger, play, as_of=AS_OF, who=champion)
    frozen = ledger.read("plays.reason_counts", {"of_run": run}).records()
    assert {(r["reason"], r["label"]): (r["account_count"], r["alone_count"]) for r in frozen} == counts
    assert "Paper" in next(row["reasons"] for row in seen.left_out if row["account_id"] == "E")


def test_a_run_is_frozen_whatever_happens_later_and_its_counts_add_up(ledger, make, champion):
    segment(ledger, champion, "Mills", "Steel", "Paper")
    play = make(segment="Mills", audience="non_buyers", **PUMPS)
    run = plays.run_play(ledger, play, as_of=AS_OF, who=champion)

    def listed():
        rows = ledger.read("plays.run_rows", {"as_of": AS_OF}, order_by=[("account_id", False)])
        return [(row["account_id"], row["is_listed"], row["reasons"], row["owner"]) for row in rows]

    before = listed()
    portfolio.change_owner(ledger, ["B"], "Otto Third", reason="r", as_of=AS_OF, who=champion)
    segment(ledger, champion, "Mills", "Paper")
    plays.change_play(
        ledger, play, plays.Play("Other", "offer", "m", "call", 14), reason="r", as_of=AS_OF, who=champion
    )
    assert listed() == before
    plays.mark(ledger, run, ["B"], "won", done_on=AS_OF, as_of=AS_OF, who=champion)
    plays.mark(ledger, run, ["C"], "not_done", note="closed", done_on=AS_OF, as_of=AS_OF, who=champion)
    for as_of, expected in ((AS_OF, 0), (AS_OF + timedelta(days=15), 1)):
        row = ledger.one("plays.run_list", {"as_of": as_of})
        assert row["targeted_count"] == row["listed_count"] + row["left_out_count"] == 5
        assert row["listed_count"] == row["done_count"] + row["not_done_count"] + row["open_count"] == 3
        assert (row["won_count"], row["overdue_count"], row["play"]) == (1, expected, "Play 0")


def test_a_second_run_lists_only_those_that_the_first_did_not_leave_open(ledger, make, champion):
    play = make()
    first = plays.run_play(ledger, play, as_of=AS_OF, who=champion)
    plays.mark(ledger, first, ["A", "B"], "done", done_on=AS_OF, as_of=AS_OF, who=champion)
    assert {a for a, reasons in why(ledger, play).items() if not reasons} == {"A", "B"}


def test_a_double_click_runs_once(ledger, make, champion):
    play = make()
    assert plays.run_play(ledger, play, as_of=AS_OF, who=champion, op_id="once") == 1
    assert plays.run_play(ledger, play, as_of=AS_OF, who=champion, op_id="once") is None
    assert len(ledger.read("plays.runs")) == 1


def test_what_cannot_be_run_is_refused_and_nothing_is_written(ledger, make, champion):
    segment(ledger, champion, "Glass", "Glass")
    nobody, retired, changed = make(segment="Glass"), make(), make()
    plays.retire_play(ledger, retired, reason="r", as_of=AS_OF, who=champion)
    for play, version, reason in ((nobody, None, "nobody"), (retired, None, "retired"), (changed, 2, "changed")):
        with pytest.raises(RuleBroken) as refused:
            plays.run_play(ledger, play, as_of=AS_OF, expected_version=version, who=champion)
        assert refused.value.reason == reason
    for as_of, play in ((AS_OF - timedelta(days=1), changed), (AS_OF, 99)):
        with pytest.raises(NotFound):
            plays.run_play(ledger, play, as_of=as_of, who=champion)
    assert len(ledger.read("plays.runs")) == len(ledger.read("plays.run_accounts")) == 0


def test_more_rules_never_list_more_accounts(ledger, make, champion):
    segment(ledger, champion, "Paper", "Paper")
    relationships.capture(ledger, "B", kind="visit", occurred_on=AS_OF, summary="x", who=champion)
    rules = [{"unless": ("Paper",)}, {"contact_rest_days": 5}, {"audience": "non_buyers", **PUMPS}]
    listed = {}
    for chosen in itertools.product([False, True], repeat=len(rules)):
        changes = {k: v for rule, is_on in zip(rules, chosen, strict=True) if is_on for k, v in rule.items()}
        listed[chosen] = {a for a, reasons in why(ledger, make(**changes)).items() if not reasons}
    for one, other in itertools.product(listed, repeat=2):
        if all(a <= b for a, b in zip(one, other, strict=True)):
            assert listed[other] <= listed[one]
