"""The customer's copy holds the marked items and nothing of what is ours alone."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plans
from kam.errors import NotFound
from tests.plans.conftest import AS_OF


@pytest.fixture
def copy(plan, ledger, champion):
    """The copy of a plan in which every item ours alone carries the word SECRET, or a figure of its own."""
    day = {"as_of": date(2025, 1, 2), "who": champion}
    plans.change_plan(
        ledger,
        plan,
        {"three_year_view": "SECRET view", "joint_aim": "Fewer <b>stops</b>"},
        expected_version=1,
        who=champion,
    )
    for shown in (True, False):
        word = "Shown" if shown else "SECRET"
        plans.record(
            ledger, "objective", plan, {"objective": f"{word} objective", "measure_id": "orders_12m", "target_value": 4.0,
                                        "due_on": date(2025, 12, 31), "is_shown": shown}, **day
        )  # fmt: skip
        plans.record(
            ledger, "action", plan, {"action": f"{word} action", "owner": "Bo", "due_on": date(2025, 9, 1), "is_shown": shown}, **day
        )  # fmt: skip
        plans.record(ledger, "swot", plan, {"kind": "weakness", "item": f"{word} item", "is_shown": shown}, **day)
        plans.record(
            ledger, "risk", plan, {"risk": f"{word} risk", "owner": "Ada", "likelihood": 4, "severity": 5,
                                   "is_shown": shown}, **day
        )  # fmt: skip
        plans.record(
            ledger, "commitment", "A", {"commitment": f"{word} promise", "function": "quality", "owner": "Bo",
                                        "begins_on": date(2025, 1, 1), "is_shown": shown}, **day
        )  # fmt: skip
    plans.record(
        ledger, "objective", plan, {"objective": "SECRET profit", "measure_id": "contribution_12m", "target_value": 98765.0,
                                    "due_on": date(2025, 12, 31)}, **day
    )  # fmt: skip
    plans.record(
        ledger, "concession", "A", {"kind": "price", "concession": "SECRET discount", "begins_on": date(2025, 1, 1), "reason": "x",
                                    "given_by": "Bo"}, **day
    )  # fmt: skip
    return plans.customer_copy(ledger, plan, AS_OF)


def test_it_holds_every_marked_item(copy):
    for item in ("objective", "action", "item", "risk", "promise"):
        assert f"Shown {item}" in copy
    assert "Joint plan with Alpha" in copy


def test_it_holds_nothing_that_is_ours_alone(copy):
    assert "SECRET" not in copy
    assert "98,765" not in copy
    for word in ("lifetime", "contribution", "margin", "profit", "attitude", "health", "likelihood", "weakness"):
        assert word not in copy.split("<body>")[1].lower()


def test_text_of_people_is_text(copy):
    assert "Fewer &lt;b&gt;stops&lt;/b&gt;" in copy


def test_a_measure_that_is_not_for_customers_is_not_said_even_where_it_was_marked_behind_our_back(
    plan, ledger, champion
):
    number = plans.record(
        ledger, "objective", plan, {"objective": "Earn", "measure_id": "margin_12m", "target_value": 4321.0,
                                    "due_on": date(2025, 12, 31)}, as_of=AS_OF, who=champion
    )  # fmt: skip
    ledger.write(
        lambda tx: tx.update("plans.objectives", {"objective_id": number}, {"is_shown": True}),
        who=champion,
        action="damage",
        subject=("test", "1"),
    )
    copy = plans.customer_copy(ledger, plan, AS_OF)
    assert "Earn" in copy and "4,321" not in copy and "90.5" not in copy


def test_a_plan_without_marked_items_is_a_page_with_its_period(plan, ledger):
    copy = plans.customer_copy(ledger, plan, AS_OF)
    assert "1 Jan 2025 to 31 Dec 2025" in copy and "<table>" not in copy
    with pytest.raises(NotFound):
        plans.customer_copy(ledger, 99, AS_OF)
