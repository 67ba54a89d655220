"""The case for the programme: identities, ranges in order, what more people and a dearer hour do, and what is unknown."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kam import change, managers, parameters, sponsorship
from kam.parameters import Parameter
from tests.benchmarking.test_facts import _adopt_a_free_cost_model
from tests.drawn import given
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 30)
SETTLED = {
    "change.uplift_low": 0.05,
    "selection.expected_uplift": 0.10,
    "change.uplift_high": 0.15,
    "selection.manager_hour_cost": 90.0,
    "change.sponsor_hour_cost": 200.0,
    "change.extra_serving_share": 0.25,
    "change.cost_spread": 0.2,
}


def _held(**changed):
    values = SETTLED | {name.replace("__", "."): value for name, value in changed.items()}
    return {name: Parameter(name, value, "unit", date(2024, 1, 1), "drawn", True) for name, value in values.items()}


def _account(account_id="A", **changed):
    return {
        "account_id": account_id,
        "name": account_id,
        "category": "star",
        "contribution_12m": 1_000_000,
        "cost_to_serve_12m": 80_000,
        "lifetime_value": 3_000_000,
        "manager_hours": 400,
        "has_manager": True,
        "sponsor_hours": 50,
    } | changed


def _manager(hours=1440, accounts=1, covered=0):
    return {"hours_given": hours, "account_count": accounts, "covered_count": covered}


def _weighed(accounts=None, people=None, years=3.0, **changed):
    return change.weigh(DAY, accounts or [_account()], people or [_manager()], _held(**changed), years)


def test_one_account_by_hand():
    found = _weighed()

    assert found.value == change.Span(low=50_000, likely=100_000, high=150_000)
    assert (found.managers.likely, found.sponsors.likely, found.serving.likely) == (129_600, 10_000, 20_000)
    assert (found.managers.low, found.managers.high) == pytest.approx((103_680, 155_520))
    assert found.cost.likely == 159_600
    assert found.net.likely == -59_600
    assert (found.net.low, found.net.high) == pytest.approx((50_000 - 191_520, 150_000 - 127_680))
    assert found.free == (1440 - 400) * 90
    assert found.pays_from == pytest.approx(0.1596)
    assert found.lifetime_net.likely == pytest.approx(-178_800)
    (account,) = found.accounts
    assert (account.value, account.cost, account.net) == (100_000, 66_000, 34_000)


def test_value_less_cost_is_net_and_accounts_add_up_and_ranges_are_in_order_whatever_is_drawn():
    dice = random.Random(8)
    for _trial in range(200):
        accounts = [
            _account(
                str(at),
                contribution_12m=dice.choice([-50_000, 0, 1, 700_000]),
                cost_to_serve_12m=dice.choice([0, 12_000]),
                has_manager=dice.random() < 0.6,
                sponsor_hours=dice.choice([0, 35]),
            )
            for at in range(dice.randint(1, 6))
        ]
        people = [_manager(dice.choice([0, 300, 1440]), dice.choice([0, 2])) for _each in range(dice.randint(1, 4))]
        found = _weighed(accounts, people, change__uplift_high=dice.choice([0.02, 0.15]))

        for span in (found.value, found.managers, found.sponsors, found.serving, found.cost, found.net):
            assert span.low <= span.likely <= span.high
        assert found.net.likely == pytest.approx(found.value.likely - found.cost.likely)
        assert found.cost.likely == pytest.approx(found.managers.likely + found.sponsors.likely + found.serving.likely)
        # The whole is the accounts and the time of managers that none of them takes.
        assert sum(a.net for a in found.accounts) - found.free == pytest.approx(found.net.likely)
        if found.pays_from is not None:
            even = _weighed(accounts, people, selection__expected_uplift=found.pays_from)
            assert even.net.likely == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("dearer", "changed"),
    [
        ("a manager more", {"people": [_manager(), _manager()]}),
        ("one who covers for another", {"people": [_manager(), _manager(accounts=0, covered=1)]}),
        ("a manager who gives more hours", {"people": [_manager(1600)]}),
        ("an account without a manager on record", {"accounts": [_account(), _account("B", has_manager=False)]}),
        ("a dearer hour of managers", {"selection__manager_hour_cost": 91}),
        ("a dearer hour of sponsors", {"change__sponsor_hour_cost": 201}),
        ("more that is served extra", {"change__extra_serving_share": 0.3}),
    ],
)
def test_the_programme_costs_more_with(dearer, changed):
    plain, more = _weighed(), _weighed(**changed)
    for end in ("low", "likely", "high"):
        assert getattr(more.cost, end) > getattr(plain.cost, end), dearer


def test_a_manager_without_a_key_account_costs_the_programme_nothing():
    assert _weighed(people=[_manager(), _manager(accounts=0)]).cost == _weighed().cost


@pytest.mark.parametrize(
    ("changed", "unknown", "said"),
    [
        ({"change__sponsor_hour_cost": None}, "sponsors", "full cost of an hour of an executive sponsor"),
        ({"change__extra_serving_share": None}, "serving", "share of a key account's cost to serve"),
        ({"selection__manager_hour_cost": None}, "managers", "full cost of an hour of an account manager"),
        ({"selection__expected_uplift": None}, "value", "is expected to add"),
        ({"change__uplift_low": None}, "value", "at the least"),
        ({"accounts": [_account(contribution_12m=None)]}, "value", "the contribution of 1 key account"),
        ({"accounts": [_account(cost_to_serve_12m=None)]}, "serving", "the cost to serve of 1 key account"),
        ({"accounts": [_account(sponsor_hours=None)]}, "sponsors", "our sponsor's hours for 1 key account"),
        ({"people": [_manager(None)]}, "managers", "the hours that an account manager gives"),
    ],
)
def test_what_is_not_stated_is_unknown_and_named_never_0(changed, unknown, said):
    found = _weighed(**changed)

    assert getattr(found, unknown) is None
    assert (found.net, found.lifetime_net) == (None, None)
    assert any(said in missing for missing in found.missing)
    known = {"value", *change.COSTS} - {unknown}
    assert all(getattr(found, name) is not None for name in known)


def test_the_lifetime_is_unknown_without_its_rates_and_the_year_is_not():
    found = _weighed(years=None)
    assert (found.lifetime_net, found.net.likely) == (None, -59_600)


def test_by_the_records_a_second_manager_costs_more_and_each_year_stands_by_its_own_day(store, champion):
    key_accounts(store, champion, "A", "B", on=date(2024, 5, 1), category="star")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        N1       | A          | 2025-06-01 | 400000      | 100000
        N2       | B          | 2025-06-01 | 250000      | 50000
        """,
    )
    given(store, champion, "account_managers", "manager_id | name\nM1 | Mia\nM2 | Max")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    _adopt_a_free_cost_model(store, champion)
    for name, figure in SETTLED.items():
        parameters.adopt(store, name, figure, valid_from=date(2025, 1, 1), source="Finance", who=champion)
    for account_id in "AB":
        managers.appoint(
            store, account_id, "M1", grounds=["competencies"], as_of=date(2025, 2, 1), reason="x", who=champion
        )
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="x", who=champion)
    before, earlier = change.programme_case(store, DAY, years=3, for_whom=champion)

    # 300 000 + 200 000 of contribution; M1 gives 1440 hours by default; B has no sponsor; serving is free of cost.
    assert before.contribution == 500_000
    assert before.value.likely == 50_000
    assert before.managers.likely == 1440 * 90
    hours = store.read("sponsorship.account_hours", {"as_of": DAY}).records()
    assert before.sponsors.likely == next(h["hours"] for h in hours if h["account_id"] == "A") * 200
    assert before.serving.likely == 0
    assert before.missing == ()
    # A year before, the rates were not stated yet, and before 1 May 2024 there was no key account.
    assert (earlier.as_of, earlier.net) == (date(2024, 6, 30), None)
    assert any("hour of an executive sponsor" in said for said in earlier.missing)

    managers.appoint(store, "B", "M2", grounds=["competencies"], as_of=date(2025, 6, 1), reason="x", who=champion)
    (after,) = change.programme_case(store, DAY, for_whom=champion)
    assert after.managers.likely == 2 * before.managers.likely
    assert after.net.likely == pytest.approx(before.net.likely - 1440 * 90)


def test_without_a_key_account_there_is_no_case(store, champion):
    assert change.programme_case(store, DAY, years=3, for_whom=champion) == ()
