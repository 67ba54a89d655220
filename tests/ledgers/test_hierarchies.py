"""Parents of accounts and superiors of contacts: in any order, known, and never in a circle."""

from __future__ import annotations

import pytest

from kam import ledgers
from kam.errors import Refusal
from kam.store import events
from tests.ledgers.files import reasons

HEADER = "account_id,name,parent_account_id\n"


def test_a_parent_may_stand_below_its_child_in_the_same_file(desk):
    result = desk.take("accounts", HEADER + "C,C,B\nB,B,A\nA,A,\n")
    assert result.rows.inserted == 3


def test_an_unknown_parent_is_rejected_and_so_is_what_hangs_on_it(desk):
    result = desk.take("accounts", HEADER + "A,A,\nC,C,X\nD,D,C\nE,E,D\nF,F,A\n")
    assert reasons(result) == [
        (3, "parent_account_id", "X", "unknown_parent"),
        (4, "parent_account_id", "C", "unknown_parent"),
        (5, "parent_account_id", "D", "unknown_parent"),
    ]
    assert desk.rows("accounts", "account_id") == [("A",), ("F",)]


def test_a_child_of_a_rejected_row_is_rejected(desk):
    result = desk.take("accounts", HEADER + "A,,\nB,B,A\n")
    assert reasons(result) == [(2, "name", None, "missing"), (3, "parent_account_id", "A", "unknown_parent")]


def test_a_circle_is_rejected_within_a_file(desk):
    result = desk.take("accounts", HEADER + "A,A,B\nB,B,C\nC,C,A\nD,D,D\nE,E,\n")
    assert {problem[3] for problem in reasons(result)} == {"cycle"}
    assert desk.rows("accounts", "account_id") == [("E",)]


def test_a_circle_is_rejected_that_closes_through_what_is_there(desk):
    desk.take("accounts", HEADER + "A,A,\nB,B,A\nC,C,B\n")
    result = desk.take("accounts", HEADER + "A,A,C\n")
    assert reasons(result) == [(2, "parent_account_id", "C", "cycle")]
    assert desk.rows("accounts", "account_id", "parent_account_id") == [("A", None), ("B", "A"), ("C", "B")]


def test_a_file_may_turn_a_hierarchy_round(desk):
    desk.take("accounts", HEADER + "A,A,\nB,B,A\n")
    assert desk.take("accounts", HEADER + "A,A,B\nB,B,\n").rows.updated == 2


def test_an_account_made_by_the_ledger_may_be_a_parent(desk):
    desk.take(
        "order_lines", "order_id,account_id,order_date,quantity,net_revenue\n1,A,2025-01-05,1,1\n", create_accounts=True
    )
    assert desk.take("accounts", HEADER + "B,B,A\n").rows.inserted == 1


def test_superiors_of_contacts_follow_the_same_rules(stocked):
    header = "contact_id,account_id,name,reports_to\n"
    result = stocked.take("contacts", header + "1,A,Ann,2\n2,A,Bob,3\n3,A,Cay,\n4,A,Dan,9\n5,A,Eve,5\n")
    assert reasons(result) == [(5, "reports_to", "9", "unknown_parent"), (6, "reports_to", "5", "cycle")]


def above(desk) -> dict:
    return dict(desk.rows("accounts", "account_id", "parent_account_id"))


def test_a_person_puts_an_account_beneath_another_and_takes_it_out_again(stocked):
    ledgers.link_parent(stocked.store, "B", "A", reason="bought in 2024", who=stocked.who)
    assert above(stocked) == {"A": None, "B": "A", "C": None}
    groups = {row["account_id"]: row["group_id"] for row in stocked.store.read("ledgers.account_groups")}
    assert groups["B"] == "A"
    (event,) = events(stocked.store, subject_kind="account", subject_id="B")
    assert event.details == {"parent_account_id": "A", "before": None, "reason": "bought in 2024"}
    # A file without a parent column leaves it; one with the column says it anew.
    stocked.take("accounts", "account_id,name\nB,Beta\n")
    assert above(stocked)["B"] == "A"
    stocked.take("accounts", "account_id,name,parent_account_id\nB,Beta,C\n")
    assert above(stocked)["B"] == "C"
    ledgers.link_parent(stocked.store, "B", None, reason="sold again", who=stocked.who)
    assert above(stocked)["B"] is None


@pytest.mark.parametrize(
    ("account", "parent", "reason", "code"),
    [
        ("A", "A", "why", "cycle"),
        ("A", "C", "why", "cycle"),
        ("A", "Z", "why", "unknown_account"),
        ("Z", "A", "why", "unknown_account"),
        ("B", "A", "why", "unchanged"),
        ("C", "A", " ", "missing"),
    ],
)
def test_a_link_by_hand_that_would_close_a_circle_or_names_nobody_is_refused(stocked, account, parent, reason, code):
    for child, over in (("B", "A"), ("C", "B")):
        ledgers.link_parent(stocked.store, child, over, reason="so it is", who=stocked.who)
    with pytest.raises(Refusal) as refused:
        ledgers.link_parent(stocked.store, account, parent, reason=reason, who=stocked.who)
    assert refused.value.reason == code
    assert above(stocked) == {"A": None, "B": "A", "C": "B"}
