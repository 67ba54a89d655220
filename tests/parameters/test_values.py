"""Parameters: what was typed, what holds on a day, what may not be adopted."""

from datetime import date

import pytest

from kam import parameters
from kam.errors import BadInput, NotFound
from kam.store import events, new_operation

RATE = "value.annual_retention_rate"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0.08", 0.08),
        ("8 %", 0.08),
        ("7%", 0.07),
        ("-2", -2.0),
        ("\N{MINUS SIGN}2", -2.0),
        ("Unknown", None),
        ("1e3", 1000.0),
    ],
)
def test_a_typed_value_is_a_number_a_percentage_or_unknown(typed, number):
    assert parameters.typed_value(typed) == number


@pytest.mark.parametrize("typed", ["", "  ", "1,5", "eight", "%", "5 % of it"])
def test_anything_else_is_refused(typed):
    with pytest.raises(BadInput, match="is no number"):
        parameters.typed_value(typed)


def test_the_latest_decision_for_the_latest_date_up_to_the_day_holds(store, champion):
    for value, day in ((0.7, date(2024, 1, 1)), (0.9, date(2025, 1, 1)), (0.8, date(2025, 1, 1))):
        parameters.adopt(store, RATE, value, valid_from=day, source="Board", who=champion)
    held = {
        day: parameters.value_at(store, RATE, day).value
        for day in (date(2023, 12, 31), date(2024, 12, 31), date(2025, 1, 1))
    }
    assert list(held.values()) == [0.85, 0.7, 0.8]
    assert [row["value"] for row in parameters.adoptions(store)] == [0.8, 0.9, 0.7]


def test_every_parameter_is_listed_also_those_that_nobody_has_decided(store):
    listed = {one.parameter_id: one for one in parameters.listed(store, date(2025, 1, 1))}
    assert set(listed) == set(parameters.defaults())
    undecided = listed["value.assumed_margin_rate"]
    assert (undecided.value, undecided.unit, undecided.is_adopted) == (None, "share of revenue", False)
    assert all(one.meaning and one.source for one in listed.values())


@pytest.mark.parametrize("value", [-0.01, 1.0, float("nan"), float("inf")])
def test_a_value_out_of_its_range_is_refused_and_changes_nothing(store, champion, value):
    before = store.version()
    with pytest.raises(BadInput, match=r"must lie between 0 and 0\.999"):
        parameters.adopt(store, RATE, value, valid_from=date(2025, 1, 1), source="Board", who=champion)
    assert store.version() == before


def test_a_name_that_is_no_parameter_is_refused(store, champion):
    with pytest.raises(NotFound, match=r"value\.no_such is not a parameter"):
        parameters.adopt(store, "value.no_such", 1, valid_from=date(2025, 1, 1), source="Board", who=champion)
    with pytest.raises(NotFound):
        parameters.value_at(store, "value.no_such", date(2025, 1, 1))


def test_an_adoption_is_made_once_and_leaves_an_audit_event(store, champion):
    press = new_operation()
    for _click in range(2):
        parameters.adopt(store, RATE, 0.9, valid_from=date(2025, 1, 1), source="Board", who=champion, op_id=press)
    assert len(parameters.history(store, RATE)) == 1
    event = events(store, limit=1)[0]
    assert (event.action, event.subject_id, event.details["value"]) == ("adopt parameter", RATE, 0.9)
