"""The whale curve: who earns, who loses, and money alone where the total is not above 0."""

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from tests.drawn import given
from tests.value.test_cost_to_serve import department

AS_OF = date(2024, 12, 31)


def earn(store, champion, profits):
    """One account per profit: revenue 1,000, product cost 1,000 − profit, nothing to serve."""
    names = [f"A{number:03d}" for number in range(len(profits))]
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{name} | {name}" for name in names))
    rows = [f"{n} | {n} | 2024-05-01 | 1000.00 | {1000 - profit}" for n, profit in zip(names, profits, strict=True)]
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue | cogs\n" + "\n".join(rows))
    value.adopt_cost_model(store, department(1, 1, {"none": 0}), reason="example", who=champion)


def test_the_curve_has_the_published_shape(store, champion, oracle):
    example = oracle("CTS-09")
    earn(store, champion, example["inputs"]["customer_profit"])
    curve, expected = value.whale_curve(store, AS_OF, for_whom=champion), example["expected"]
    assert float(curve.total_amount) == expected["total"]
    assert float(curve.top_fifth_amount) == expected["cum_at_20pct"]
    assert curve.top_fifth_share == expected["cum_at_20pct"] / 100
    assert (float(curve.peak_amount), curve.peak_at_share) == (expected["peak"], expected["peak_share_of_customers"])
    at = dict(curve.points)
    assert float(at[0.9]) == expected["cum_at_90pct"]
    assert float(curve.total_amount - at[0.9]) == expected["loss_bottom_10pct"]
    assert (curve.loss_count, float(curve.loss_amount)) == (9, 100.0 - 239.0)


def test_where_the_total_is_not_above_zero_there_are_no_shares(store, champion):
    earn(store, champion, [10, -4, -6])
    curve = value.whale_curve(store, AS_OF, for_whom=champion)
    assert (curve.total_amount, curve.peak_amount) == (Decimal("0.00"), Decimal("10.00"))
    assert curve.top_fifth_share is curve.peak_share is curve.loss_share is None


def test_where_everyone_loses_the_peak_is_the_beginning(store, champion):
    earn(store, champion, [-1, -2])
    curve = value.whale_curve(store, AS_OF, for_whom=champion)
    assert (curve.peak_amount, curve.peak_at_share, curve.points[0]) == (0, 0.0, (0.0, 0))


def test_without_a_known_contribution_there_is_no_curve(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n1 | A | 2024-05-01 | 5.00")
    assert value.whale_curve(store, AS_OF, for_whom=champion) is None


def test_accounts_with_an_unknown_contribution_are_counted_apart(store, champion):
    earn(store, champion, [10, 20])
    given(store, champion, "accounts", "account_id | name\nX | no cost\nY | never bought")
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n9 | X | 2024-05-01 | 5.00")
    curve = value.whale_curve(store, AS_OF, for_whom=champion)
    assert (curve.account_count, curve.unknown_count, curve.total_amount) == (2, 1, 30)


@pytest.mark.parametrize("count", [1, 4, 5, 6, 700])
def test_a_thinned_curve_keeps_its_ends_its_peak_and_its_fifth(store, champion, count):
    profits = [300 - number for number in range(count)]
    earn(store, champion, profits)
    curve = value.whale_curve(store, AS_OF, for_whom=champion)
    best = sorted(profits, reverse=True)
    fifth = -(-count // 5)
    assert curve.top_fifth_count == fifth
    assert curve.top_fifth_amount == sum(best[:fifth])
    assert curve.peak_amount == sum(profit for profit in best if profit > 0)
    assert curve.points[0] == (0.0, 0) and curve.points[-1] == (1.0, sum(best))
    assert len(curve.points) <= 600
    reached = {round(share * count): amount for share, amount in curve.points}
    assert all(amount == sum(best[:place]) for place, amount in reached.items())
