"""The proposal on recorded accounts and executives, and accepting it."""

from __future__ import annotations

from datetime import date

import pytest

from kam import sponsorship
from kam.errors import BadInput, NotFound, RuleBroken
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

DAY = date(2025, 3, 1)


@pytest.fixture
def small_programme(store, champion):
    """Steel accounts A and B, paper account C; E1 knows steel, E2 paper, each takes two."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | industry
        A          | Alpha | Steel
        B          | Bravo | Steel
        C          | Carbo | Paper
        """,
    )
    rows = "\n".join(f"O{a} | {a} | 2024-01-01 | 10 | 5" for a in "ABC")
    given(store, champion, "order_lines", f"order_id | account_id | order_date | net_revenue | cogs\n{rows}")
    key_accounts(store, champion, "A", "B", "C")
    given(
        store,
        champion,
        "executives",
        """
        executive_id | name      | title | industries | max_accounts
        E1           | Ada Nagel | CFO   | [Steel]    | 2
        E2           | Bo Lund   | COO   | [Paper]    | 2
        """,
    )
    return store


def _proposed(proposal):
    return {line.account_id: (line.executive_id, line.fit, line.change) for line in proposal.lines}


def test_the_proposal_follows_the_fit_and_says_what_would_change(small_programme, champion):
    store = small_programme
    sponsorship.assign(store, "A", "E1", as_of=DAY, reason="x", who=champion)
    sponsorship.assign(store, "B", "E2", as_of=DAY, reason="x", who=champion)
    before = store.version()

    found = sponsorship.propose(store, DAY, for_whom=champion)

    assert _proposed(found) == {"A": ("E1", 10, "keep"), "B": ("E1", 10, "replace"), "C": ("E2", 10, "assign")}
    assert (found.total_fit, found.heaviest_load, found.changes) == (30, 1.0, 1)
    assert (found.relaxation, found.problems) == (None, [])
    assert found.lines[1].today_fit == 0
    assert store.version() == before


def test_vetoes_and_locks_bind_the_proposal(small_programme, champion):
    found = sponsorship.propose(small_programme, DAY, for_whom=champion, vetoes=[("A", "E1")], locks={"C": "E1"})

    assert {a: e for a, (e, _fit, _change) in _proposed(found).items()} == {"A": "E2", "B": "E1", "C": "E1"}


def test_a_lock_outside_the_programme_is_refused(small_programme, champion):
    with pytest.raises(NotFound, match="X is not a key account"):
        sponsorship.propose(small_programme, DAY, for_whom=champion, locks={"X": "E1"})


def test_what_cannot_be_covered_is_said_with_the_smallest_relaxation(small_programme, champion):
    store = small_programme
    key_accounts(store, champion, "D", "F")

    found = sponsorship.propose(store, DAY, for_whom=champion)

    (problem,) = found.problems
    assert (problem.rule, problem.account_id) == ("uncovered", "F")
    assert found.relaxation == (
        "1 key account cannot be covered within the caps. "
        "The smallest relaxation: let Ada Nagel sponsor 1 account more, above what they take."
    )


def test_where_even_the_hard_cap_does_not_do_more_executives_are_asked_for(store, champion):
    key_accounts(store, champion, *"ABCDEFG")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")

    found = sponsorship.propose(store, DAY, for_whom=champion)

    assert len(found.problems) == 4
    assert "let Ada Nagel sponsor 2 accounts more" in found.relaxation
    assert "For 2 of them nobody is left even then" in found.relaxation


def test_without_executives_every_account_stays_open(store, champion):
    key_accounts(store, champion, "A")

    found = sponsorship.propose(store, DAY, for_whom=champion)

    assert _proposed(found) == {"A": (None, None, "uncovered")}
    assert "bring in another executive" in found.relaxation


def test_a_sponsored_account_that_left_the_programme_still_takes_a_place(store, champion):
    from kam import programme

    key_accounts(store, champion, "A", "B", "C", "D")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    sponsorship.assign(store, "D", "E1", as_of=DAY, reason="x", who=champion)
    programme.release(store, "D", as_of=DAY, reason="x", who=champion)

    assert [line.executive_id for line in sponsorship.propose(store, DAY, for_whom=champion).lines] == [
        "E1",
        "E1",
        None,
    ]


def test_accepting_everything_swaps_full_executives_in_one_step(small_programme, champion):
    store = small_programme
    for account_id, executive_id in [("A", "E2"), ("B", "E2"), ("C", "E1")]:
        sponsorship.assign(store, account_id, executive_id, as_of=DAY, reason="x", who=champion)
    found = sponsorship.propose(store, DAY, for_whom=champion)
    lines = [(line.account_id, line.today_id, line.executive_id) for line in found.lines]

    assert sponsorship.accept(store, lines, as_of=DAY, reason="better fit", who=champion, op_id="once") == []
    assert sponsorship.accept(store, lines, as_of=DAY, reason="better fit", who=champion, op_id="once") is None

    after = sponsorship.propose(store, DAY, for_whom=champion)
    assert {line.change for line in after.lines} == {"keep"}
    assert [d.decision for d in sponsorship.history(store, "A", for_whom=champion)] == [
        "assigned",
        "relieved",
        "assigned",
    ]
    assert sponsorship.history(store, "A", for_whom=champion)[0].seen["fit"] == 10


def test_an_outdated_proposal_changes_nothing_at_all(small_programme, champion):
    store = small_programme
    sponsorship.assign(store, "B", "E2", as_of=DAY, reason="x", who=champion)
    before = store.read("sponsorship.decisions").rows

    with pytest.raises(RuleBroken, match="has changed since"):
        sponsorship.accept(store, [("A", None, "E1"), ("B", None, "E1")], as_of=DAY, reason="better", who=champion)

    assert store.read("sponsorship.decisions").rows == before


def test_accepting_todays_assignment_is_refused(small_programme, champion):
    store = small_programme
    sponsorship.assign(store, "A", "E1", as_of=DAY, reason="x", who=champion)

    with pytest.raises(BadInput, match="nothing to accept"):
        sponsorship.accept(store, [("A", "E1", "E1")], as_of=DAY, reason="same", who=champion)


def test_an_account_outside_the_programme_is_not_proposed(small_programme, champion):
    with_ledger(small_programme, champion, "X")

    assert "X" not in _proposed(sponsorship.propose(small_programme, DAY, for_whom=champion))
