"""From a loss to an action: proposals from the account's figures, a frozen baseline, and the effect that is seen."""

import json
from datetime import date
from decimal import Decimal

import pytest

from kam import value
from kam.errors import BadInput, NotFound, RuleBroken
from tests.drawn import given
from tests.value.test_cost_to_serve import department

YEAR = date(2024, 12, 31)
MODEL = """
[model]
name = "Drawn"
from = 2024-01-01
source = "Drawn"
[[pool]]
id = "desk"
name = "Desk"
source = "Drawn"
[[pool.period]]
from = 2024-01-01
to = 2025-12-31
cost = 100000
practical_capacity_minutes = 100000
[[activity]]
code = "entry"
name = "Order entry"
pool = "desk"
driver = "orders"
unit_minutes = 50
source = "Drawn"
[[activity]]
code = "rush"
name = "Rush"
pool = "desk"
driver = "rush_lines"
unit_minutes = 30
source = "Drawn"
"""


@pytest.fixture
def losing(store, champion):
    """A has ten small rush orders at a loss of 340, pays late; B and C have one large order each."""
    given(
        store,
        champion,
        "accounts",
        "account_id | name | payment_terms_days\nA | Alpha | 30\nB | Beta | 30\nC | Gamma | 60\nN | Nobody |",
    )
    rows = "order_id | account_id | order_date | net_revenue | cogs | is_rush\n"
    rows += "".join(f"A{n} | A | 2024-{n + 1:02}-10 | 100.00 | 54.00 | True\n" for n in range(10))
    rows += "B0 | B | 2024-03-01 | 4000.00 | 1000.00 | False\nC0 | C | 2024-03-01 | 2000.00 | 1000.00 | False\n"
    given(store, champion, "order_lines", rows)
    payments = "payment_id | account_id | paid_on | amount | currency | order_id\n"
    payments += "".join(f"P{n} | A | 2024-{n + 3:02}-10 | 100.00 | EUR | A{n}\n" for n in range(10))
    given(store, champion, "payments", payments)
    value.adopt_cost_model(store, value.read_cost_model(MODEL), reason="Drawn", who=champion)
    return store


def decide(store, who, kind="price_service", account="A", **changes):
    given_ = {
        "what": "Rush fee of 30",
        "owner": "Rosa Quint",
        "due_on": date(2025, 3, 31),
        "expected_amount": Decimal("300.00"),
        "decided_on": YEAR,
        "reason": "Every line is a rush",
    }
    return value.decide_action(store, account, kind, **(given_ | changes), who=who)


def listed(store, as_of):
    return store.read("value.action_list", {"as_of": as_of}).records()


def next_year(store, who, price):
    """The next import: the same ten orders a year later, each at another price."""
    rows = "order_id | account_id | order_date | net_revenue | cogs | is_rush\n"
    rows += "".join(f"X{n} | A | 2025-{n + 1:02}-10 | {price} | 54.00 | True\n" for n in range(10))
    given(store, who, "order_lines", rows)


def test_proposals_come_in_order_with_their_effect_in_money(losing, champion):
    found = {p.kind: p for p in value.action_proposals(losing, YEAR, "A", for_whom=champion)}
    assert list(found) == list(value.ACTION_KINDS)
    assert found["price_service"].effect_amount == Decimal("300.00")
    assert "30.00\N{NO-BREAK SPACE}EUR on each of 10 rush lines" in found["price_service"].basis
    # Purchases per order: 100, 4,000, 2,000; at 2,000 half an order costs 25 instead of 500.
    assert found["order_minimum"].effect_amount == Decimal("475.00")
    # Paid after 60 or 61 days instead of 30: half of the charge, in economic profit.
    statement = value.profit_and_loss(losing, YEAR, "A", for_whom=champion)
    assert statement.days_basis == "paid"
    charge = next(-line.amount for line in statement.lines if line.label == "Capital charge")
    assert found["terms"].measure == "economic_profit"
    assert float(found["terms"].effect_amount) == pytest.approx(
        float(charge) * (statement.payment_days - 30) / statement.payment_days, abs=0.01
    )
    assert found["renegotiate"].effect_amount == found["exit"].effect_amount == Decimal("340.00")
    assert "34.0\N{NO-BREAK SPACE}% higher" in found["renegotiate"].basis
    earning = {p.kind: p.effect_amount for p in value.action_proposals(losing, YEAR, "B", for_whom=champion)}
    assert set(earning.values()) == {None}
    with pytest.raises(NotFound):
        value.action_proposals(losing, YEAR, "Z", for_whom=champion)


def test_the_baseline_is_frozen_and_the_effect_is_the_change_since(losing, champion):
    action_id = decide(losing, champion)
    (row,) = listed(losing, YEAR)
    assert (row["baseline_amount"], row["seen_amount"], row["expected_so_far_amount"]) == (Decimal("-340.00"), 0, 0)
    assert listed(losing, date(2024, 12, 30)) == []
    next_year(losing, champion, "130.00")
    # By 10 April four of ten orders came at 30 more than the year before; 100 of 365 days are gone.
    (row,) = listed(losing, date(2025, 4, 10))
    assert row["seen_amount"] == Decimal("120.00")
    assert row["expected_so_far_amount"] == Decimal("82.19")
    assert (row["days_followed"], row["action_state"]) == (100, "overdue")
    (row,) = listed(losing, date(2025, 12, 31))
    assert (row["seen_amount"], row["expected_so_far_amount"]) == (Decimal("300.00"), Decimal("300.00"))
    # A correction of the past changes what is computed, and not what was seen at the decision.
    given(
        losing,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nLATE | A | 2024-06-01 | -50.00 | 0.00",
    )
    (row,) = listed(losing, YEAR)
    assert (row["baseline_amount"], row["now_amount"]) == (Decimal("-340.00"), Decimal("-390.00"))
    steps = value.follow_ups(losing, action_id, date(2025, 12, 31))
    assert [step.on_day for step in steps] == [
        YEAR,
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
    ]
    assert steps[-1].seen_amount == Decimal("300.00")


def test_what_was_seen_stands_beside_the_decision(losing, champion):
    decide(losing, champion)
    (held,) = losing.read("value.actions").records()
    seen = json.loads(held["seen"])
    assert seen["statement"]["contribution_amount"] == "-340.00"
    assert {driver["driver"] for driver in seen["drivers"]} == {"drop_size", "rush_share"}
    assert held["proposed_amount"] == Decimal("300.00")


def test_terms_are_followed_in_economic_profit(losing, champion):
    decide(losing, champion, "terms", expected_amount=Decimal("8.00"))
    (row,) = listed(losing, YEAR)
    statement = value.profit_and_loss(losing, YEAR, "A", for_whom=champion)
    assert (row["measure"], row["baseline_amount"]) == ("economic_profit", statement.economic_profit)


def test_closing_freezes_the_effect_of_that_day(losing, champion):
    action_id = decide(losing, champion)
    next_year(losing, champion, "130.00")
    day = date(2025, 4, 10)
    value.close_cost_action(losing, action_id, outcome="worked", notes="Fee is paid", closed_on=day, who=champion)
    (row,) = listed(losing, date(2025, 12, 31))
    assert (row["is_open"], row["action_state"], row["closed_on"]) == (False, "worked", day)
    assert (row["closed_amount"], row["seen_amount"]) == (Decimal("120.00"), Decimal("300.00"))
    (before,) = listed(losing, date(2025, 4, 9))
    assert before["is_open"] and before["closed_amount"] is None
    with pytest.raises(RuleBroken, match="closed already"):
        value.close_cost_action(losing, action_id, outcome="failed", notes="x", closed_on=day, who=champion)
    decide(losing, champion, decided_on=day, due_on=day)  # closed, so another may follow


def test_a_loss_maker_is_listed_with_what_is_being_done(losing, champion):
    (row,) = losing.read("programme.loss_makers", {"as_of": YEAR})
    assert (row["account_id"], row["contribution_12m"], row["open_action_count"]) == ("A", Decimal("-340.00"), 0)
    action_id = decide(losing, champion)
    decide(losing, champion, "renegotiate", expected_amount=Decimal("40.00"))
    (row,) = losing.read("programme.loss_makers", {"as_of": YEAR})
    assert (row["open_action_count"], row["expected_amount"]) == (2, Decimal("340.00"))
    value.close_cost_action(losing, action_id, outcome="dropped", notes="No", closed_on=YEAR, who=champion)
    (row,) = losing.read("programme.loss_makers", {"as_of": YEAR})
    assert row["open_action_count"] == 1


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"kind": "shout"}, "unknown_kind", "kind"),
        ({"what": " "}, "missing", "what"),
        ({"owner": ""}, "missing", "owner"),
        ({"reason": ""}, "missing", "reason"),
        ({"due_on": None}, "missing", "due_on"),
        ({"due_on": date(2024, 12, 30)}, "out_of_range", "due_on"),
        ({"expected_amount": None}, "missing", "expected_amount"),
        ({"expected_amount": Decimal(0)}, "out_of_range", "expected_amount"),
        ({"expected_amount": Decimal("NaN")}, "out_of_range", "expected_amount"),
        ({"account": "Z"}, "not_found", "account"),
        ({"account": "N"}, "unknown_baseline", "account"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_its_field(losing, champion, changes, reason, field):
    with pytest.raises((BadInput, NotFound, RuleBroken)) as refused:
        decide(losing, champion, **changes)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert losing.read("value.actions").rows == []


def test_two_open_actions_of_one_kind_and_odd_closings_are_refused(losing, champion):
    action_id = decide(losing, champion)
    with pytest.raises(RuleBroken, match="close it first"):
        decide(losing, champion)
    for changes, error in (
        ({"outcome": "great"}, BadInput),
        ({"notes": " "}, BadInput),
        ({"closed_on": date(2024, 12, 30)}, BadInput),
    ):
        with pytest.raises(error):
            value.close_cost_action(
                losing, action_id, **({"outcome": "worked", "notes": "x", "closed_on": YEAR} | changes), who=champion
            )
    with pytest.raises(NotFound):
        value.close_cost_action(losing, 77, outcome="worked", notes="x", closed_on=YEAR, who=champion)
    with pytest.raises(NotFound):
        value.follow_ups(losing, action_id, date(2024, 12, 30))


def test_without_a_rate_the_effect_is_unknown_and_not_nothing(losing, champion):
    decide(losing, champion)
    value.adopt_cost_model(
        losing, department(10, 10, {"call": 1}, start=date(2025, 6, 1), end=date(2025, 6, 30)), reason="x", who=champion
    )
    given(
        losing, champion, "activities", "account_id | activity_code | occurred_on | quantity\nA | call | 2025-01-10 | 1"
    )
    (row,) = listed(losing, date(2025, 1, 31))
    assert (row["now_amount"], row["seen_amount"]) == (None, None)
