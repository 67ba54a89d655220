"""Admitting by the criteria in force, and the roster as decided beside what the ledger says now."""

from __future__ import annotations

import pytest

from kam import programme, selection
from kam.errors import NotFound, RuleBroken
from kam.store import events, new_operation
from tests.drawn import given
from tests.selection.conftest import AS_OF, HEAD, gate, score

TEXT = (
    HEAD
    + gate(at_least=1000)
    + gate("margin_rate_12m", "share", at_least=0.2)
    + score("margin_rate_12m", "attractiveness", 1, "[[0, 0], [0.5, 10]]", "share")
    + score("orders_12m", "strength", 1, "[[0, 0], [1, 4], [2, 10]]", "orders")
)


@pytest.fixture
def candidates(store, champion):
    """P passes both gates, F fails one, U has no cost; the criteria are in force. H is part of P's group."""
    accounts = (
        "account_id | name | parent_account_id\nP | Pass Co |\nF | Fail Co |\nU | Unknown Co |\nH | Half of P | P"
    )
    given(store, champion, "accounts", accounts)
    given(
        store,
        champion,
        "order_lines",
        f"""
        order_id | account_id | order_date | net_revenue | cogs
        1        | P          | {AS_OF}    | 1000        | 600
        2        | F          | {AS_OF}    | 999.99      | 600
        3        | U          | {AS_OF}    | 5000        |
        4        | H          | {AS_OF}    | 10          | 1
        """,
    )
    selection.adopt(store, selection.read_criteria(TEXT), reason="decided", who=champion)
    return store


def admit(store, champion, account_id, **more):
    return selection.admit(store, account_id, as_of=AS_OF, reason="fits", who=champion, **more)


def correct(store, champion, account_id, revenue):
    """A later import corrects an account's revenue."""
    from kam.ledgers import rollup

    def change(tx):
        tx.update("ledgers.order_lines", {"account_id": account_id}, {"net_revenue": revenue})
        rollup.bring_up_to_date(tx, full=True)

    store.write(change, who=champion, action="correct", subject=("test", "lines"))


def test_an_admission_keeps_the_gates_seen_and_takes_the_category_of_the_scores(candidates, champion):
    admit(candidates, champion, "P")
    (decision,) = programme.decisions(candidates, "P")
    assert (decision.category, decision.criteria_set_id) == ("star", 1)
    assert decision.seen["as_of"] == AS_OF.isoformat()
    assert decision.seen["gates"][0] == {
        "measure": "revenue_12m",
        "value": "1000.00",
        "threshold": "1000.00",
        "verdict": "pass",
        "bound": "at_least",
        "distance": "0.00",
        "unit": "reporting currency",
        "source": "Charter 3.1",
    }
    assert (decision.seen["attractiveness"], decision.seen["strength"]) == (8.0, 4.0)


@pytest.mark.parametrize(
    ("account_id", "reason", "said"),
    [
        ("F", "verdict_fail", ["Fail Co", "Revenue, 12 months", "1,000", "no override"]),
        ("U", "verdict_unknown", ["Unknown Co", "Margin rate", "unknown"]),
    ],
)
def test_an_account_that_does_not_pass_is_refused_with_the_gates_that_keep_it_out(
    candidates, champion, account_id, reason, said
):
    before = (len(events(candidates)), candidates.version("programme"))
    with pytest.raises(RuleBroken) as refusal:
        admit(candidates, champion, account_id)
    assert refusal.value.reason == reason
    for words in said:
        assert words in refusal.value.message
    assert (len(events(candidates)), candidates.version("programme")) == before
    assert programme.size(candidates, AS_OF) == 0


def test_an_account_that_is_not_there_is_refused(candidates, champion):
    with pytest.raises(NotFound):
        admit(candidates, champion, "nobody")


def test_a_double_click_admits_once(candidates, champion):
    once = new_operation()
    assert admit(candidates, champion, "P", op_id=once) == 1
    assert admit(candidates, champion, "P", op_id=once) is None
    assert programme.size(candidates, AS_OF) == 1


def test_a_corrected_ledger_leaves_the_decision_and_shows_beside_it(candidates, champion):
    admit(candidates, champion, "P")
    correct(candidates, champion, "P", 500)
    (standing,) = selection.standing(candidates, AS_OF, for_whom=champion)
    assert standing.decided_verdict == "pass"
    assert standing.decided["gates"][0]["value"] == "1000.00"
    assert standing.now.verdict == "fail"
    assert standing.now.gates[0].value == 500
    assert standing.needs_decision


def test_a_key_account_whose_measure_becomes_unknown_stays_in(candidates, champion):
    admit(candidates, champion, "P")
    lines = "order_id | account_id | order_date | net_revenue | cogs\n9 | P | 2025-12-30 | 10 |"
    given(candidates, champion, "order_lines", lines)
    (standing,) = selection.standing(candidates, AS_OF, for_whom=champion)
    assert (standing.now.verdict, standing.needs_decision) == ("unknown", False)
    assert programme.size(candidates, AS_OF) == 1


def test_the_roster_of_a_day_without_criteria_has_no_verdict_now(candidates, champion):
    admit(candidates, champion, "P")
    candidates.write(
        lambda tx: tx.update("selection.criteria_sets", {"criteria_set_id": 1}, {"valid_from": "2026-06-01"}),
        who=champion,
        action="t",
        subject=("t", "t"),
    )
    (standing,) = selection.standing(candidates, AS_OF, for_whom=champion)
    assert (standing.now, standing.needs_decision, standing.decided_verdict) == (None, False, "pass")


def test_a_key_account_within_a_group_is_judged_as_its_group_where_groups_are_judged(candidates, champion):
    admit(candidates, champion, "P")
    groups = selection.read_criteria(TEXT.replace("[[gate]]", 'level = "group"\n[[gate]]', 1))
    selection.adopt(candidates, groups, reason="groups from now on", who=champion)
    (standing,) = selection.standing(candidates, AS_OF, for_whom=champion)
    assert standing.now.gates[0].value == 1010
    with pytest.raises(NotFound):
        admit(candidates, champion, "H")


def test_a_draft_shows_who_would_enter_leave_and_change(candidates, champion):
    admit(candidates, champion, "P")
    draft = selection.read_criteria(TEXT.replace("at_least = 1000", "at_most = 999.99"))
    changes = selection.compare(candidates, AS_OF, draft, for_whom=champion)
    assert (changes.enters, changes.leaves, changes.flips, changes.total) == (2, 1, 1, 4)
    assert [(row["account_id"], row["change"], row["is_key_account"]) for row in changes.rows] == [
        ("P", "leaves", True),
        ("F", "enters", False),
        ("H", "enters", False),
        ("U", "flips", False),
    ]
    assert selection.compare(candidates, AS_OF, selection.read_criteria(TEXT), for_whom=champion).total == 0


def test_before_the_first_adoption_a_draft_changes_everything_it_judges(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta")
    given(
        store,
        champion,
        "order_lines",
        f"order_id | account_id | order_date | net_revenue | cogs\n1 | A | {AS_OF} | 1000 | 1",
    )
    changes = selection.compare(store, AS_OF, selection.read_criteria(TEXT), for_whom=champion)
    assert (changes.enters, changes.leaves, changes.flips) == (1, 0, 1)
    assert [row["verdict_now"] for row in changes.rows] == [None, None]
