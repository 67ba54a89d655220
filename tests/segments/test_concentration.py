"""Concentration: against plain formulas, and the published examples."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import segments
from tests.drawn import given

AS_OF = date(2024, 6, 30)


def earn(store, champion, amounts, day="2024-06-01"):
    names = [f"A{number:03d}" for number in range(len(amounts))]
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{name} | {name}" for name in names))
    rows = [f"{name} | {name} | {day} | {amount}" for name, amount in zip(names, amounts, strict=True)]
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + "\n".join(rows))


def slow_gini(amounts):
    """Mean absolute difference over twice the mean: every pair of accounts."""
    count, total = len(amounts), sum(amounts)
    return float(sum(abs(a - b) for a in amounts for b in amounts) / (2 * count * total))


def test_the_published_gini_is_reproduced(store, champion, oracle):
    example = oracle("PAR-01")
    earn(store, champion, example["inputs"]["a"])
    assert segments.concentration(store, AS_OF).gini == pytest.approx(
        example["expected"]["gini_a"], abs=example["tolerance"]
    )


def test_equal_accounts_have_a_gini_of_zero(store, champion, oracle):
    example = oracle("PAR-01")
    earn(store, champion, example["inputs"]["b"])
    found = segments.concentration(store, AS_OF)
    assert found.gini == pytest.approx(example["expected"]["gini_b"], abs=1e-12)
    assert found.effective_number == pytest.approx(10)
    assert found.eighty_percent_at_share == pytest.approx(0.8)


@pytest.mark.parametrize("count", [1, 2, 19, 98, 650])
def test_concentration_equals_plain_formulas(store, champion, count):
    rng = random.Random(count)
    amounts = [Decimal(rng.choice([1, 100, rng.randint(1, 10**7)])).scaleb(-2) for _ in range(count)]
    earn(store, champion, [*amounts, Decimal("0.00"), Decimal("-5.00")])
    found = segments.concentration(store, AS_OF)
    best, total = sorted(amounts, reverse=True), sum(amounts)
    assert (found.account_count, found.left_out_count, found.revenue_amount) == (count, 2, total)
    assert found.gini == pytest.approx(slow_gini(amounts), abs=1e-9)
    assert found.top_one_share == pytest.approx(float(best[0] / total))
    assert found.top_five_share == pytest.approx(float(sum(best[:5]) / total))
    assert found.top_fifth_share == pytest.approx(float(sum(best[: -(-count // 5)]) / total))
    assert found.effective_number == pytest.approx(float(total**2 / sum(a * a for a in amounts)))
    assert found.lorenz[0] == (0.0, 0.0) and found.lorenz[-1] == pytest.approx((1.0, 1.0))
    assert len(found.lorenz) <= 330
    assert found.eighty_percent_at_share == pytest.approx(slow_eighty(best, total))


def slow_eighty(best, total):
    """Walk down the accounts until 80 % is held, and cut the last one."""
    held = Decimal(0)
    for place, amount in enumerate(best):
        if held + amount >= total * Decimal("0.8"):
            return float((place + (total * Decimal("0.8") - held) / amount) / len(best))
        held += amount
    return 1.0


def test_only_the_months_asked_for_count(store, champion):
    earn(store, champion, [10, 30], day=(date(2023, 6, 30)).isoformat())
    assert segments.concentration(store, AS_OF).account_count == 0
    assert segments.concentration(store, AS_OF - timedelta(days=1)).account_count == 2
    assert segments.concentration(store, AS_OF, months=None).revenue_amount == 40
    assert segments.concentration(store, date(2023, 6, 29), months=None).account_count == 0


def test_without_revenue_there_is_no_concentration(store):
    found = segments.concentration(store, AS_OF)
    assert found.gini is found.top_fifth_share is found.effective_number is None
    assert found.lorenz == []
