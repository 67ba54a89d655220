"""The grid: what the ledger says, what people know, every cell filled, and totals that add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import plans
from kam.errors import BadInput, NotFound, RuleBroken
from tests.plans.conftest import AS_OF

NOTE = {
    "unit": "A1",
    "category": "Valves",
    "holder": "competitor",
    "competitor": "Rival",
    "potential_amount": 1000,
    "source": "Buyer, May",
    "noted_on": date(2025, 5, 1),
}


def cells(store, account="A", as_of=AS_OF):
    return plans.grid(store, account, as_of).cells


def test_every_cell_of_the_group_is_filled_from_the_ledger_within_its_window(ledger):
    grid = plans.grid(ledger, "A1", AS_OF)  # asked from beneath: the whole group all the same
    assert list(grid.units) == ["A", "A1", "A2"]
    assert grid.categories == ["Not categorised", "Seals", "Valves"]
    revenue = {key: cell["revenue_12m"] for key, cell in grid.cells.items()}
    assert revenue == {
        ("A", "Valves"): Decimal("100.00"),  # the line of 30 June a year before is out, that of 1 July in
        ("A", "Seals"): Decimal("50.50"),
        ("A", "Not categorised"): 0,
        ("A1", "Not categorised"): Decimal("30.00"),
        ("A1", "Valves"): 0,
        ("A1", "Seals"): 0,
        ("A2", "Valves"): None,
        ("A2", "Seals"): None,
        ("A2", "Not categorised"): None,
    }
    assert grid.cells["A", "Valves"]["holder"] == "us"
    assert grid.cells["A1", "Valves"]["holder"] == "unknown"
    assert grid.total("revenue_12m") == Decimal("180.50")
    assert grid.total("revenue_12m", unit="A") + grid.total("revenue_12m", unit="A1") == Decimal("180.50")
    assert grid.total("revenue_12m", unit="A2") is None


def test_all_revenue_of_the_group_stands_in_the_grid(ledger):
    measured = ledger.read("value.account_measures", {"as_of": AS_OF, "level": "group"}).records()
    by_group = {row["account_id"]: row["revenue_12m"] for row in measured}
    for account in ("A", "B"):
        assert plans.grid(ledger, account, AS_OF).total("revenue_12m") == by_group[account]


@pytest.mark.parametrize(
    ("given", "share", "white"),
    [
        ({"unit": "A1"}, Decimal(0), 1000),  # the ledger knows A1 and sold no valve
        ({"unit": "A2"}, None, 1000),  # no ledger, but a competitor has it all
        ({"unit": "A2", "holder": "in_house", "competitor": ""}, None, 1000),
        ({"unit": "A2", "holder": "unknown", "competitor": ""}, None, None),
        ({"unit": "A2", "our_share": 0.25}, 0.25, 750),
        ({"unit": "A", "holder": "us", "competitor": ""}, 0.1, 900),
        ({"unit": "A", "holder": "us", "competitor": "", "potential_amount": 80}, 1, 0),  # more sold than thought
        ({"unit": "A", "holder": "us", "competitor": "", "our_share": 0.5}, 0.5, 500),  # what people know counts
        ({"unit": "A", "holder": "us", "competitor": "", "potential_amount": None}, None, None),
    ],
)
def test_white_potential_is_what_is_not_ours(ledger, champion, given, share, white):
    note = NOTE | given
    plans.note_cells(ledger, "A", [note], who=champion)
    cell = cells(ledger)[note["unit"], "Valves"]
    assert cell["our_share"] == (None if share is None else pytest.approx(float(share)))
    assert cell["white_amount"] == white


def test_a_later_note_counts_and_an_earlier_day_knows_the_earlier_one(ledger, champion):
    plans.note_cells(ledger, "A", [NOTE], who=champion)
    plans.note_cells(ledger, "A", [NOTE | {"noted_on": date(2025, 6, 1), "competitor": "Other"}], who=champion)
    plans.note_cells(ledger, "A", [NOTE | {"noted_on": date(2025, 6, 1), "competitor": "Third"}], who=champion)
    assert cells(ledger)["A1", "Valves"]["competitor"] == "Third"
    assert cells(ledger, as_of=date(2025, 5, 31))["A1", "Valves"]["competitor"] == "Rival"
    assert cells(ledger, as_of=date(2025, 4, 30))["A1", "Valves"]["competitor"] == ""


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"unit": "B"}, "unknown_unit", "unit"),
        ({"holder": "nobody"}, "unknown_holder", "holder"),
        ({"source": ""}, "missing", "source"),
        ({"potential_amount": -1}, "out_of_range", "potential_amount"),
        ({"our_share": 1.5}, "out_of_range", "our_share"),
        ({"holder": "in_house"}, "contradiction", "holder"),
    ],
)
def test_a_note_that_cannot_be_names_its_cell_and_nothing_of_the_lot_is_kept(ledger, champion, changed, reason, field):
    with pytest.raises(BadInput) as refused:
        plans.note_cells(ledger, "A", [NOTE, NOTE | changed], who=champion)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not len(ledger.read("plans.whitespace_notes"))


def test_a_unit_that_the_ledger_does_not_know_is_added_once(ledger, champion):
    plans.add_unit(ledger, "A1", "Plant Oslo", "site", as_of=AS_OF, who=champion)
    grid = plans.grid(ledger, "A", AS_OF)
    assert grid.cells["Plant Oslo", "Seals"]["revenue_12m"] is None
    assert list(grid.units) == ["A", "A1", "A2", "Plant Oslo"]
    assert "Plant Oslo" not in plans.grid(ledger, "B", AS_OF).units
    for name in ("plant oslo", "a2"):
        with pytest.raises(RuleBroken):
            plans.add_unit(ledger, "A", name, "site", as_of=AS_OF, who=champion)
    with pytest.raises(BadInput):
        plans.add_unit(ledger, "A", "x", "planet", as_of=AS_OF, who=champion)


def test_an_unknown_account_has_no_grid(ledger):
    with pytest.raises(NotFound):
        plans.grid(ledger, "Z", AS_OF)
