"""Adopting a cost model: a decision with its reason, readable as it was adopted."""

from datetime import date

import pytest

from kam import value
from kam.errors import BadInput
from kam.store import events, new_operation
from tests.value.test_cost_model_file import SMALL


def test_an_adopted_model_reads_back_as_it_was_written(store, champion):
    model = value.read_cost_model(SMALL)
    number = value.adopt_cost_model(store, model, reason="Budget 2025", who=champion)
    adopted = value.adopted_cost_model(store, date(2025, 1, 1))
    assert adopted.model == model
    assert (adopted.model_id, adopted.reason, adopted.adopted_by) == (number, "Budget 2025", champion.name)
    assert value.adopted_cost_model(store, date(2024, 12, 31)) is None


def test_of_two_models_for_one_date_the_later_decision_counts(store, champion):
    model = value.read_cost_model(SMALL)
    better = value.read_cost_model(SMALL.replace("unit_minutes = 8.25", "unit_minutes = 9"))
    value.adopt_cost_model(store, model, reason="first", who=champion)
    value.adopt_cost_model(store, better, reason="counted again", who=champion)
    assert value.adopted_cost_model(store, date(2025, 6, 1)).model == better


def test_an_adoption_leaves_an_audit_event_with_its_reason(store, champion):
    value.adopt_cost_model(store, value.read_cost_model(SMALL), reason="Budget 2025", who=champion)
    event = events(store, limit=1)[0]
    assert (event.action, event.subject_id, event.person_name) == ("adopt cost model", "Small", champion.name)
    assert event.details["reason"] == "Budget 2025"


def test_an_adoption_without_a_reason_is_refused_and_nothing_changes(store, champion):
    before = store.version()
    with pytest.raises(BadInput, match="Say why this cost model is adopted"):
        value.adopt_cost_model(store, value.read_cost_model(SMALL), reason="  ", who=champion)
    assert store.version() == before
    assert value.adopted_cost_model(store, date(2025, 6, 1)) is None


def test_a_double_click_adopts_once(store, champion):
    model, press = value.read_cost_model(SMALL), new_operation()
    first = value.adopt_cost_model(store, model, reason="Budget", who=champion, op_id=press)
    assert value.adopt_cost_model(store, model, reason="Budget", who=champion, op_id=press) is None
    assert store.read("value.cost_models").column("model_id") == [first]
