"""Cost model files: what they state, and each fault as one sentence with its place."""

from decimal import Decimal
from pathlib import Path

import pytest

from kam import value
from kam.errors import BadInput

STARTER = Path(__file__).resolve().parents[2] / "data" / "cost_models" / "starter.toml"

SMALL = """\
[model]
name = "Small"
from = 2025-01-01
source = "Drawn"

[[pool]]
id = "desk"
name = "Order desk"
source = "Drawn"

[[pool.period]]
from = 2025-01-01
to = 2025-12-31
cost = 1000.50
practical_capacity_minutes = 500

[[pool]]
id = "office"
name = "Head office"
business_sustaining = true
source = "Drawn"

[[pool.period]]
from = 2025-01-01
to = 2025-06-30
cost = 70

[[pool.period]]
from = 2025-07-01
to = 2025-12-31
cost = 80

[[activity]]
code = "entry"
name = "Order entry"
pool = "desk"
driver = "orders"
unit_minutes = 8.25
source = "Drawn"
"""


def test_a_file_gives_its_pools_periods_and_activities_exactly():
    model = value.read_cost_model(SMALL)
    desk, office = model.pools
    assert (desk.pool_id, desk.periods[0].cost) == ("desk", Decimal("1000.50"))
    assert [period.cost for period in office.periods] == [70, 80]
    assert office.is_business_sustaining and office.periods[0].practical_capacity_minutes is None
    assert (model.activities[0].driver, model.activities[0].unit_minutes) == ("orders", Decimal("8.25"))


def test_the_starter_model_is_one_that_can_be_adopted_as_it_stands():
    model = value.read_cost_model(STARTER.read_bytes(), STARTER.name)
    drivers = {activity.driver for activity in model.activities}
    assert drivers == set(value.DRIVERS)
    assert any(pool.is_business_sustaining for pool in model.pools)


@pytest.mark.parametrize("text", [SMALL, STARTER.read_text(encoding="utf-8")], ids=["small", "starter"])
def test_a_written_model_reads_back_as_the_same_model(text):
    model = value.read_cost_model(text)
    assert value.read_cost_model(value.cost_model_text(model)) == model


def test_a_byte_order_mark_is_no_part_of_a_file():
    assert value.read_cost_model(b"\xef\xbb\xbf" + SMALL.encode()) == value.read_cost_model(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line", "sentence"),
    [
        ("cost = 1000.50", "cost = -1", "out_of_range", 14, "pool desk, period 1: cost is -1; it has to be 0 or more"),
        ("minutes = 500", "minutes = 0", "out_of_range", 15, "practical_capacity_minutes is 0; it has to be above 0"),
        ("minutes = 500", "minutes = -5", "out_of_range", 15, "practical_capacity_minutes is -5"),
        ("practical_capacity_minutes = 500\n", "", "missing", 11, "pool desk, period 1: practical_capacity_minutes is"),
        ("cost = 1000.50", "kost = 1000.50", "unknown_key", 14, "the key kost is not known; did you mean cost?"),
        ("cost = 1000.50", 'cost = "1000"', "bad_value", 14, "cost is a number; write it without quotation marks"),
        ("cost = 1000.50", "cost = true", "bad_value", 14, "cost is a number"),
        ("cost = 1000.50", "cost = inf", "not_finite", 14, "cost is not a finite number"),
        ("cost = 1000.50", "cost = nan", "not_finite", 14, "cost is not a finite number"),
        ("cost = 1000.50", "cost = 1000.505", "bad_value", 14, "cost has more than 2 decimals"),
        ("cost = 1000.50", "cost = 1e40", "bad_value", 14, "cost is too large"),
        ("unit_minutes = 8.25", "unit_minutes = -1", "out_of_range", 38, "activity entry: unit_minutes is -1"),
        ("unit_minutes = 8.25\n", "", "missing", 33, "activity entry: unit_minutes is missing"),
        ('pool = "desk"', 'pool = "dask"', "unknown_pool", 36, "there is no pool dask; did you mean desk?"),
        ('pool = "desk"', 'pool = "x"', "unknown_pool", 36, "the pools here are desk, office"),
        ('pool = "desk"', 'pool = "office"', "not_charged", 36, "is business-sustaining and is never charged"),
        ('driver = "orders"', 'driver = "pallets"', "bad_value", 37, "driver has to be one of orders, lines"),
        ("to = 2025-12-31", "to = 2024-12-31", "out_of_range", 13, "to lies before from"),
        ("from = 2025-07-01", "from = 2025-06-30", "overlap", 29, "pool office, period 2: the period from 30 Jun 2025"),
        ("from = 2025-01-01\nsource", 'from = "2025-01-01"\nsource', "bad_value", 3, "from is a date; write it as"),
        ('id = "office"', 'id = "desk"', "duplicate_key", 18, "desk names two pools"),
        ("business_sustaining = true", "business_sustaining = 1", "bad_value", 20, "is true or false"),
        ('name = "Order desk"', 'name = " "', "missing", 8, "pool desk: name is empty"),
        ("[[activity]]", "[[activiti]]", "unknown_key", 33, "the key activiti is not known; did you mean activity?"),
        ("[model]", "[model", "unreadable", 1, "cannot be read as TOML, line 1"),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(old, new, reason, line, sentence):
    assert SMALL.count(old) >= 1
    with pytest.raises(BadInput) as refused:
        value.read_cost_model(SMALL.replace(old, new, 1), "mine.toml")
    assert sentence in refused.value.message
    assert refused.value.message.startswith("mine.toml")
    assert (refused.value.reason, refused.value.line) == (reason, line)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "model is missing"),
        ("model = 3", "write it as [model]"),
        (SMALL.split("[[activity]]", maxsplit=1)[0], "there is no activity; write at least one [[activity]]"),
        (SMALL.replace("[[pool.period]]\nfrom = 2025-01-01\nto = 2025-12-31\ncost = 1000.50\n", ""), "not known"),
        (
            SMALL.replace(
                "[[pool.period]]\nfrom = 2025-01-01\nto = 2025-12-31\ncost = 1000.50\n"
                "practical_capacity_minutes = 500\n",
                "",
            ),
            "pool desk: there is no period; write at least one [[pool.period]]",
        ),
        (b"\xff\xfe[model]", "is not text in UTF-8"),
        ("#" * 1_000_001, "too large"),
    ],
)
def test_what_is_no_cost_model_is_refused(text, sentence):
    with pytest.raises(BadInput) as refused:
        value.read_cost_model(text, "mine.toml")
    assert sentence in refused.value.message


def test_two_activities_of_one_code_are_refused():
    with pytest.raises(BadInput, match="entry names two activities"):
        value.read_cost_model(SMALL + SMALL[SMALL.index("[[activity]]") :])
