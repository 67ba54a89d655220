"""Time equations: the published example, every volume against loops over orders, and equations that may not be."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given as drawing
from hypothesis import settings
from hypothesis import strategies as st

from kam import value
from kam.errors import BadInput
from kam.value.time_equation import lowest_minutes
from tests.drawn import given
from tests.ledgers import boundary_ledger
from tests.value import slow_terms
from tests.value.test_account_measures import prepare
from tests.value.test_cost_model_file import SMALL
from tests.value.test_cost_to_serve import AS_OF, costs, department

PACKAGING = """
[[activity]]
code = "package"
name = "Packing"
pool = "desk"
driver = "activities"
unit_minutes = 0.5
source = "Kaplan & Anderson 2004"

[[activity.term]]
kind = "flag"
of = "activity:special"
minutes = 6.5
name = "special packaging"

[[activity.term]]
kind = "flag"
of = "activity:air"
minutes = 0.2
name = "air shipment"
"""


def entry(*terms: str, base: str = "8.25", driver: str = "orders") -> str:
    """The small model with terms of its order entry."""
    text = SMALL.replace("unit_minutes = 8.25", f"unit_minutes = {base}").replace(
        'driver = "orders"', f'driver = "{driver}"'
    )
    return text + "".join(f'\n[[activity.term]]\n{term}\nname = "drawn"\n' for term in terms)


def test_the_published_packaging_equation_gives_its_minutes_and_costs(store, champion, oracle):
    example = oracle("CTS-06")
    rate = Decimal(str(example["inputs"]["rate_per_minute"]))
    model = value.read_cost_model(
        SMALL.replace("cost = 1000.50", f"cost = {500 * rate}") + PACKAGING.replace("2025", "2024")
    )
    packing = model.activities[1]
    corners = list(product((0, 1), repeat=2))
    order = [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert sorted(order) == corners
    minutes = [value.minutes_of(packing, {"activity:special": s, "activity:air": a}) for s, a in order]
    assert [float(one) for one in minutes] == example["expected"]["minutes"]
    assert [float(one * rate) for one in minutes] == pytest.approx(example["expected"]["cost"])
    # The same on the ledger: an account for each corner, with a thousand packages, so that cents do not hide 0.2 minutes.
    value.adopt_cost_model(store, model, reason="HBR 2004", who=champion)
    given(store, champion, "accounts", "account_id | name\nA | A\nB | B\nC | C\nD | D")
    rows = "account_id | activity_code | occurred_on | quantity\n"
    for account, (special, air) in zip("ABCD", order, strict=True):
        rows += f"{account} | package | 2025-03-01 | 1000\n"
        rows += f"{account} | special | 2025-03-01 | 1000\n" * special + f"{account} | air | 2025-03-02 | 1000\n" * air
    given(store, champion, "activities", rows)
    found = costs(store, date(2025, 12, 31))
    assert [float(found[a, "package"]["minutes"]) for a in "ABCD"] == [
        1000 * one for one in example["expected"]["minutes"]
    ]
    assert [float(found[a, "package"]["cost_amount"]) for a in "ABCD"] == pytest.approx(
        [1000 * one for one in example["expected"]["cost"]]
    )
    # What a term counts is charged through it, and is no unknown work.
    assert value.reconciliation(store, date(2025, 12, 31), for_whom=champion).unmodelled == []


@pytest.mark.parametrize("as_of", boundary_ledger.AS_OF_DAYS, ids=str)
def test_costs_with_terms_equal_loops_over_every_order(store, champion, as_of):
    seed = boundary_ledger.AS_OF_DAYS.index(as_of)
    ledger, work, model = prepare(store, champion, seed, as_of, has_gap=seed % 2 == 1)
    model = slow_terms.with_terms(model, seed)
    value.adopt_cost_model(store, model, reason="drawn", who=champion)
    for day in (as_of, as_of - timedelta(days=1)):
        read = {
            (row["account_id"], row["activity_code"]): row["cost_amount"]
            for row in store.read("value.cost_to_serve", {"as_of": day})
        }
        slow = slow_terms.costs(model, ledger, work, day)
        assert read.keys() == slow.keys()
        differ = {key: (read[key], slow[key]) for key in slow if read[key] != slow[key]}
        # A share of terms is rounded from floats: a cent at most, and only where a part of the driver was measured.
        assert all(None not in pair and abs(pair[0] - pair[1]) <= Decimal("0.01") for pair in differ.values()), differ
        assert len(differ) <= len(slow) / 50
        tied = value.reconciliation(store, day, for_whom=champion)
        assert tied.allocated_amount == sum(
            row["cost_amount"] for row in store.read("value.activity_costs", {"as_of": day}) if row["cost_amount"]
        )
        assert tied.allocated_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount


def test_the_parts_of_an_equation_add_up_to_the_minutes_of_its_activity(store, champion):
    as_of = boundary_ledger.AS_OF_DAYS[1]
    _ledger, _work, model = prepare(store, champion, 3, as_of, has_gap=False)
    value.adopt_cost_model(store, slow_terms.with_terms(model, 3), reason="drawn", who=champion)
    parts = {}
    for row in store.read("value.event_volumes", {"as_of": as_of}):
        key = (row["account_id"], row["activity_code"], row["stretch_from"])
        parts[key] = parts.get(key, 0) + (row["quantity"] - row["measured_quantity"]) * row["coefficient_minutes"]
        parts[key] += row["measured_minutes"]
    compared = 0
    for row in store.read("value.activity_costs", {"as_of": as_of}):
        if row["unmeasured_quantity"] == row["quantity"]:
            key = (row["account_id"], row["activity_code"], row["stretch_from"])
            assert abs(parts[key] - row["minutes"]) < Decimal("0.001")
            compared += 1
    assert compared > 20


def test_a_coefficient_of_zero_changes_no_cost(store, champion):
    as_of = boundary_ledger.AS_OF_DAYS[0]
    _ledger, _work, model = prepare(store, champion, 1, as_of, has_gap=False)
    before = store.read("value.activity_costs", {"as_of": as_of}).rows
    nothing = value.Term(kind="product", of="rush", by="lines", minutes=Decimal(0), name="nothing")
    activities = tuple(
        activity.model_copy(update={"terms": (nothing,)}) if activity.driver == "orders" else activity
        for activity in model.activities
    )
    value.adopt_cost_model(store, model.model_copy(update={"activities": activities}), reason="drawn", who=champion)
    assert sorted(store.read("value.activity_costs", {"as_of": as_of}).rows, key=str) == sorted(before, key=str)


def test_measured_minutes_override_the_terms_as_well(store, champion):
    model = department(1000, 1000, {"visit": 10})
    term = value.Term(kind="count", of="activity:travel", minutes=Decimal(5), name="travel")
    visit = model.activities[0].model_copy(update={"terms": (term,)})
    value.adopt_cost_model(store, model.model_copy(update={"activities": (visit,)}), reason="example", who=champion)
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta\nC | Gamma")
    given(
        store,
        champion,
        "activities",
        """
        account_id | activity_code | occurred_on | quantity | minutes
        A          | visit         | 2024-03-01  | 2        |
        A          | travel        | 2024-03-01  | 3        |
        B          | visit         | 2024-03-01  | 2        | 70
        B          | travel        | 2024-03-01  | 3        |
        C          | travel        | 2024-03-01  | 3        |
        """,
    )
    found = costs(store)
    assert found["A", "visit"]["minutes"] == 2 * 10 + 3 * 5
    assert found["B", "visit"]["minutes"] == 70
    assert ("C", "visit") not in found  # without a visit there is nothing to add to


def test_volumes_that_take_an_equation_below_zero_make_the_cost_unknown_and_are_said(store, champion):
    model = department(1000, 1000, {"visit": 10})
    term = value.Term(kind="flag", of="activity:remote", minutes=Decimal(-8), name="done by telephone")
    visit = model.activities[0].model_copy(update={"terms": (term,)})
    value.adopt_cost_model(store, model.model_copy(update={"activities": (visit,)}), reason="example", who=champion)
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "activities",
        "account_id | activity_code | occurred_on | quantity\nA | visit | 2024-03-01 | 1\nA | remote | 2024-03-01 | 5",
    )
    row = costs(store)["A", "visit"]
    assert (row["cost_amount"], row["negative_minutes"]) == (None, -30)
    worth = value.account_value(store, AS_OF, "A", for_whom=champion)
    assert any("visit: its time equation comes to -30 minutes" in sentence for sentence in worth.missing)
    tied = value.reconciliation(store, AS_OF, for_whom=champion)
    assert (tied.allocated_amount, tied.unused_amount) == (0, 1000)


def test_a_file_without_terms_reads_as_before_and_one_with_terms_reads_back_to_itself():
    assert value.read_cost_model(SMALL).activities[0].terms == ()
    model = value.read_cost_model(
        entry(
            'kind = "flag"\nof = "rush"\nminutes = -3.5', 'kind = "product"\nof = "lines"\nby = "return"\nminutes = 2'
        )
    )
    assert [(t.kind, t.of, t.by, t.minutes) for t in model.activities[0].terms] == [
        ("flag", "rush", None, Decimal("-3.5")),
        ("product", "lines", "return", 2),
    ]
    assert value.read_cost_model(value.cost_model_text(model)) == model


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        (entry('kind = "flag"\nof = "rush"\nminutes = -9'), "negative_minutes", "can give -0.75 minutes"),
        (entry('kind = "count"\nof = "lines"\nminutes = -0.5'), "negative_minutes", "falls below 0"),
        (
            entry('kind = "flag"\nof = "rush"\nminutes = -5', 'kind = "flag"\nof = "return"\nminutes = -4'),
            "negative_minutes",
            "can give -0.75 minutes",
        ),
        (entry('kind = "product"\nof = "rush"\nby = "lines"\nminutes = -0.1'), "negative_minutes", "falls below 0"),
        (entry('kind = "count"\nof = "linez"\nminutes = 1'), "unknown_variable", "a count is one of orders, lines"),
        (entry('kind = "count"\nof = "orders"\nminutes = 1'), "unknown_variable", "other than its own driver"),
        (entry('kind = "flag"\nof = "rush"\nminutes = 1', driver="return_lines"), "unknown_variable", "a flag is rush"),
        (entry('kind = "product"\nof = "lines"\nby = "rush_lines"\nminutes = 1'), "unknown_variable", "of one order"),
        (entry('kind = "product"\nof = "rush"\nminutes = 1'), "missing", "a product needs by"),
        (entry('kind = "flag"\nof = "rush"\nby = "lines"\nminutes = 1'), "bad_value", "other terms have none"),
        (entry('kind = "sum"\nof = "rush"\nminutes = 1'), "bad_value", "kind has to be one of count, flag, product"),
        (entry('kind = "flag"\nof = "rush"\nminuts = 1'), "unknown_key", "did you mean minutes?"),
        (entry(base="-1"), "out_of_range", "unit_minutes is -1; it has to be 0 or more"),
    ],
)
def test_an_equation_that_cannot_be_is_refused_with_its_activity(text, reason, said):
    with pytest.raises(BadInput) as refused:
        value.read_cost_model(text)
    assert refused.value.reason == reason
    assert said in refused.value.message
    assert "entry" in refused.value.message


def test_a_slope_below_zero_is_allowed_where_another_count_outweighs_it():
    # A rush line is a line: 4 for the line and 3 less for its rush leave 1.
    text = entry(
        'kind = "count"\nof = "lines"\nminutes = 4', 'kind = "count"\nof = "rush_lines"\nminutes = -3', base="0"
    )
    model = value.read_cost_model(text)
    assert lowest_minutes(model.activities[0]) == 1


MINUTES = st.integers(-40, 40).map(lambda tenths: Decimal(tenths) / 10)


@settings(deadline=None, max_examples=150)
@drawing(
    base=st.integers(0, 30).map(Decimal),
    coefficients=st.lists(MINUTES, min_size=5, max_size=5),
    order=st.tuples(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30)),
)
def test_no_order_goes_below_the_lowest_corner(base, coefficients, order):
    kinds = [
        ("count", "lines", None),
        ("count", "rush_lines", None),
        ("flag", "rush", None),
        ("flag", "return", None),
        ("product", "rush", "return_lines"),
    ]
    terms = tuple(
        value.Term(kind=kind, of=of, by=by, minutes=minutes, name="drawn")
        for (kind, of, by), minutes in zip(kinds, coefficients, strict=True)
    )
    activity = value.Activity(
        activity_code="a", name="a", pool_id="p", driver="orders", unit_minutes=base, source="x", terms=terms
    )
    lines, rush_lines, return_lines = order[0], min(order[1], order[0]), min(order[2], order[0])
    event = {
        "lines": lines,
        "rush_lines": rush_lines,
        "return_lines": return_lines,
        "rush": rush_lines > 0,
        "return": return_lines > 0,
    }
    lowest = lowest_minutes(activity)
    if lowest is not None:
        assert value.minutes_of(activity, {name: int(one) for name, one in event.items()}) >= lowest
