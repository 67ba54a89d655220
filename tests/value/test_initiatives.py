"""Initiatives valued in profit: refused where something is missing, kept by revision, and in the forecast by their chance."""

from dataclasses import replace
from datetime import date

import pytest

from kam import value
from kam.errors import BadInput, NotFound, StaleWrite
from kam.value.initiatives import profit_estimate
from tests.key_accounts import with_ledger

DAY = date(2024, 12, 31)
PLANNED = value.Initiative(
    "Vendor-managed stock", 80, 100, 130, date(2025, 1, 1), date(2026, 12, 31), 0.5, "Ines", "Pilot in Lyon"
)


@pytest.fixture
def account(store, champion):
    with_ledger(store, champion, "A")
    return store


def planned(store, champion, initiative=PLANNED, on=DAY):
    return value.plan_initiative(store, "A", initiative, stated_on=on, who=champion)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": date(2024, 12, 31)}, "ends_on"),
        ({"probability": 1.01}, "probability"),
        ({"probability": -0.01}, "probability"),
        ({"probability": float("nan")}, "probability"),
        ({"profit_low": 101}, "profit_likely"),
        ({"profit_high": float("inf")}, "profit_high"),
        ({"owner": "  "}, "owner"),
        ({"source": ""}, "source"),
        ({"title": "x" * 2001}, "title"),
    ],
)
def test_what_cannot_be_valued_is_refused_with_account_and_field(account, champion, changes, field):
    with pytest.raises(BadInput) as refused:
        planned(account, champion, replace(PLANNED, **changes))
    assert refused.value.field == field and "account A" in refused.value.message
    assert not account.read("value.initiatives").rows


def test_an_account_that_is_not_there_is_refused(account, champion):
    with pytest.raises(NotFound):
        value.plan_initiative(account, "NOBODY", PLANNED, stated_on=DAY, who=champion)


def test_a_day_reads_the_revision_that_was_stated_by_then(account, champion):
    number = planned(account, champion)
    later, last = date(2025, 3, 1), date(2025, 6, 1)
    changed = replace(PLANNED, probability=0.8)
    value.revise_initiative(account, number, changed, expected_revision=1, stated_on=later, who=champion)
    value.withdraw_initiative(
        account, number, reason="Customer declined", expected_revision=2, stated_on=last, who=champion
    )
    assert value.initiatives_of(account, date(2024, 12, 30), "A") == []
    assert value.initiatives_of(account, DAY, "A")[0]["probability"] == 0.5
    assert value.initiatives_of(account, later, "A")[0]["probability"] == 0.8
    assert value.initiatives_of(account, last, "A") == []
    assert len(account.read("value.initiatives").rows) == 3
    with pytest.raises(NotFound):
        value.withdraw_initiative(account, number, reason="again", expected_revision=3, stated_on=last, who=champion)


def test_a_revision_of_what_somebody_else_revised_is_stale_and_one_before_it_is_refused(account, champion):
    number = planned(account, champion)
    value.revise_initiative(account, number, PLANNED, expected_revision=1, stated_on=DAY, who=champion)
    with pytest.raises(StaleWrite):
        value.revise_initiative(account, number, PLANNED, expected_revision=1, stated_on=DAY, who=champion)
    with pytest.raises(BadInput):
        value.revise_initiative(account, number, PLANNED, expected_revision=2, stated_on=date(2024, 1, 1), who=champion)


def test_a_double_click_plans_once(account, champion):
    for _press in range(2):
        value.plan_initiative(account, "A", PLANNED, stated_on=DAY, who=champion, op_id="one")
    assert len(account.read("value.initiatives").rows) == 1


def row(low, likely, high, probability, starts=date(2025, 1, 1), ends=date(2025, 12, 31)):
    return {
        "profit_low_amount": low,
        "profit_likely_amount": likely,
        "profit_high_amount": high,
        "probability": probability,
        "starts_on": starts,
        "ends_on": ends,
    }


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.5, 0.75, 0.9, 1.0])
@pytest.mark.parametrize(("low", "likely", "high"), [(80, 100, 130), (-40, 0, 50), (-9, -5, -1), (7, 7, 7)])
def test_the_mean_effect_is_the_probability_times_the_triangles_mean(probability, low, likely, high):
    found = profit_estimate([row(low, likely, high, probability)], DAY, date(2025, 12, 31))
    ends = (found.low, found.mode, found.high) if hasattr(found, "mode") else (found,) * 3
    assert sum(ends) / 3 == pytest.approx(probability * (low + likely + high) / 3, abs=1e-9)
    if probability <= 0.5 and low > 0:
        assert ends[0] == pytest.approx(0)


def test_a_certain_effect_is_that_value_and_counts_by_the_days_of_its_period():
    whole = profit_estimate([row(100, 100, 100, 1.0)], DAY, date(2025, 12, 31))
    assert (whole.low, whole.mode, whole.high) == (100, 100, 100)
    part = profit_estimate([row(365, 365, 365, 1.0, ends=date(2025, 1, 31))], DAY, date(2025, 12, 31))
    assert part.mode == pytest.approx(31)
    # The day of the valuation itself lies before the first year.
    assert profit_estimate([row(9, 9, 9, 1.0, date(2024, 1, 1), DAY)], DAY, date(2025, 12, 31)) == 0.0
    assert profit_estimate([], DAY, date(2025, 12, 31)) == 0.0
