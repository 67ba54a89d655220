"""Time-driven cost to serve on small departments, and the published worked examples."""

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from tests.drawn import given
from tests.value import slow_value

AS_OF = date(2024, 12, 31)


def department(cost, capacity, activities, *, start=date(2024, 1, 1), end=AS_OF):
    """One pool with activities {code: unit minutes}, all counted from recorded activities."""
    period = value.Period(
        period_from=start, period_to=end, cost=Decimal(cost), practical_capacity_minutes=Decimal(capacity)
    )
    pool = value.Pool(pool_id="desk", name="Customer service", source="example", periods=[period])
    return value.CostModel(
        head=value.Head(name="Example", valid_from=date(2024, 1, 1), source="example"),
        pools=[pool],
        activities=[
            value.Activity(
                activity_code=code,
                name=code,
                pool_id="desk",
                driver="activities",
                unit_minutes=Decimal(str(minutes)),
                source="example",
            )
            for code, minutes in activities.items()
        ],
    )


def record(store, champion, rows):
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta")
    lines = "\n".join(" | ".join(map(str, row)) for row in rows)
    given(store, champion, "activities", "account_id | activity_code | occurred_on | quantity | minutes\n" + lines)


def costs(store, as_of=AS_OF):
    rows = store.read("value.cost_to_serve", {"as_of": as_of})
    return {(row["account_id"], row["activity_code"]): row for row in rows}


@pytest.mark.parametrize("example_id", ["CTS-02", "CTS-04"])
def test_the_published_department_is_reproduced_to_the_cent(store, champion, oracle, example_id):
    example = oracle(example_id)
    given_, expected = example["inputs"], example["expected"]
    codes = ["orders", "inquiries", "credit-checks"]
    model = department(
        given_["total_cost"],
        given_["practical_capacity_minutes"],
        dict(zip(codes, given_["unit_minutes"], strict=True)),
    )
    value.adopt_cost_model(store, model, reason="HBR 2004", who=champion)
    quantities = zip(codes, given_["quantity"], strict=True)
    record(store, champion, [("A", code, "2024-03-01", quantity, "") for code, quantity in quantities])
    found = [costs(store)["A", code] for code in codes]
    assert [float(row["minutes"]) for row in found] == expected["minutes"]
    assert [float(row["cost_amount"]) for row in found] == expected["cost"]
    unit_costs = [float(row["cost_amount"] / row["quantity"]) for row in found]
    assert unit_costs == pytest.approx(expected["unit_cost"])
    (pool,) = value.reconciliation(store, AS_OF, for_whom=champion).pools
    assert float(pool.allocated_amount) == expected["used_cost"]
    assert float(pool.unused_amount) == expected["unused_cost"]
    assert float(pool.capacity_minutes - pool.used_minutes) == expected["unused_minutes"]
    assert pool.utilisation_share == pytest.approx(expected["utilisation"], abs=example["tolerance"])
    assert float(slow_value.rate_of(model.pools[0].periods[0])) == expected["rate"]


def test_a_time_equation_is_the_sum_of_its_parts(store, champion, oracle):
    # minutes = 0.5 + 6.5 [special packaging] + 0.2 [air shipment]: a part of the work is an activity of its own.
    example = oracle("CTS-06")
    model = department(800, 1000, {"pack": 0.5, "special": 6.5, "air": 0.2})
    value.adopt_cost_model(store, model, reason="HBR 2004", who=champion)
    corners = [["pack"], ["pack", "special"], ["pack", "air"], ["pack", "special", "air"]]
    for corner, minutes, cost in zip(corners, *example["expected"].values(), strict=True):
        parts = [activity.unit_minutes for activity in model.activities if activity.activity_code in corner]
        assert float(sum(parts)) == pytest.approx(minutes)
        assert float(sum(parts) * slow_value.rate_of(model.pools[0].periods[0])) == pytest.approx(cost)
    # A thousand of each, so that a cent's rounding does not hide the 0.2 minutes.
    rows = [("A", code, "2024-03-01", 1000, "") for code in corners[-1]]
    record(store, champion, rows)
    total = sum(row["cost_amount"] for row in costs(store).values())
    assert float(total) == pytest.approx(1000 * example["expected"]["cost"][-1])


def test_a_wage_rise_and_a_faster_credit_check_change_the_rate_and_the_cost(store, champion, oracle):
    example = oracle("CTS-07")
    rise = Decimal(str(1 + example["inputs"]["wage_rise"]))
    model = department(560_000 * rise, 700_000, {"credit-check": 50})
    assert float(slow_value.rate_of(model.pools[0].periods[0])) == example["expected"]["rate_after"]
    faster = department(560_000, 700_000, {"credit-check": example["inputs"]["credit_check_minutes_after"]})
    value.adopt_cost_model(store, faster, reason="process improvement", who=champion)
    record(store, champion, [("A", "credit-check", "2024-03-01", 1, "")])
    assert float(costs(store)["A", "credit-check"]["cost_amount"]) == example["expected"]["credit_check_cost_after"]


def test_measured_minutes_override_the_standard_time(store, champion):
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 60}), reason="example", who=champion)
    record(
        store,
        champion,
        [("A", "visit", "2024-03-01", 2, ""), ("A", "visit", "2024-03-02", 3, 30), ("B", "visit", "2024-03-03", 4, 0)],
    )
    found = costs(store)
    assert (found["A", "visit"]["quantity"], found["A", "visit"]["minutes"]) == (5, 150)
    assert found["A", "visit"]["cost_amount"] == Decimal("150.00")
    assert found["B", "visit"]["cost_amount"] == Decimal("0.00")


def test_each_event_has_the_rate_of_the_period_that_holds_its_day(store, champion):
    model = department(1000, 1000, {"visit": 10}, end=date(2024, 6, 30))
    later = value.Period(
        period_from=date(2024, 7, 1), period_to=AS_OF, cost=Decimal(3000), practical_capacity_minutes=Decimal(1000)
    )
    pool = model.pools[0].model_copy(update={"periods": (*model.pools[0].periods, later)})
    value.adopt_cost_model(store, model.model_copy(update={"pools": (pool,)}), reason="example", who=champion)
    record(store, champion, [("A", "visit", "2024-06-30", 1, ""), ("B", "visit", "2024-07-01", 1, "")])
    found = costs(store)
    assert found["A", "visit"]["cost_amount"] == Decimal("10.00")
    assert found["B", "visit"]["cost_amount"] == Decimal("30.00")


def test_work_on_a_day_without_a_period_has_an_unknown_cost_and_is_said(store, champion):
    model = department(1000, 1000, {"visit": 10}, start=date(2024, 2, 1))
    value.adopt_cost_model(store, model, reason="example", who=champion)
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        1        | A          | 2024-05-01 | 500.00      | 100.00
        2        | B          | 2024-05-01 | 500.00      | 100.00
        """,
    )
    given(
        store,
        champion,
        "activities",
        """
        account_id | activity_code | occurred_on | quantity
        A          | visit         | 2024-01-31  | 1
        A          | visit         | 2024-02-01  | 1
        B          | visit         | 2024-02-01  | 1
        """,
    )
    rows = {row["account_id"]: row for row in store.read("value.account_measures", {"as_of": AS_OF})}
    assert rows["A"]["cost_to_serve_12m"] is rows["A"]["contribution_12m"] is None
    assert rows["B"]["cost_to_serve_12m"] == Decimal("10.00")
    result = value.reconciliation(store, AS_OF, for_whom=champion)
    assert [(row["activity_code"], row["minutes"], row["account_count"]) for row in result.uncovered] == [
        ("visit", 10, 1)
    ]
    assert result.allocated_amount + result.unused_amount == result.ledger_amount == Decimal("1000.00")
    worth = value.account_value(store, AS_OF, "A", for_whom=champion)
    assert any("10 minutes fall on days that no period of the pool desk holds" in said for said in worth.missing)


def test_a_code_that_the_model_lacks_is_counted_and_not_charged(store, champion):
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 10}), reason="example", who=champion)
    record(
        store,
        champion,
        [("A", "golf", "2024-03-01", 2, ""), ("B", "golf", "2024-03-02", 3, ""), ("A", "golf", "2023-12-31", 9, "")],
    )
    (golf,) = value.reconciliation(store, AS_OF, for_whom=champion).unmodelled
    assert (golf["activity_code"], golf["event_count"], golf["quantity"], golf["account_count"]) == ("golf", 2, 5, 2)
    assert costs(store) == {}


def test_overtime_is_flagged_and_not_rescaled(store, champion):
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 10}), reason="example", who=champion)
    record(store, champion, [("A", "visit", "2024-03-01", 120, "")])
    result = value.reconciliation(store, AS_OF, for_whom=champion)
    assert [pool.utilisation_share for pool in result.overused] == [1.2]
    assert (result.allocated_amount, result.unused_amount) == (Decimal("1200.00"), Decimal("-200.00"))


def test_without_a_cost_model_the_reconciliation_is_unknown_not_nothing(store, champion):
    result = value.reconciliation(store, AS_OF, for_whom=champion)
    assert result.document() == {"allocated": None, "unused": None, "unallocated": None, "ledger": None}


def test_orders_and_lines_of_the_ledger_are_those_of_the_account_facts(store, champion):
    from tests.ledgers import boundary_ledger

    as_of = date(2024, 3, 15)
    boundary_ledger.fill(store, champion, boundary_ledger.draw(8, as_of))
    value.adopt_cost_model(store, slow_value.draw_model(8, as_of, has_gap=True), reason="drawn", who=champion)
    counted = {}
    for row in store.read("value.ledger_volumes", {"as_of": as_of}):
        sums = counted.setdefault(row["account_id"], [0, 0])
        sums[0] += row["orders"]
        sums[1] += row["lines"]
    facts = {
        row["account_id"]: [row["orders_12m"], row["line_count_12m"]]
        for row in store.read("ledgers.account_facts", {"as_of": as_of})
        if row["line_count_12m"]
    }
    assert counted == facts
