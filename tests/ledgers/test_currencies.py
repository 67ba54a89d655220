"""Amounts in other currencies: converted at the rate of their day, the original kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kam import ledgers
from kam.errors import RuleBroken
from tests.ledgers.files import reasons

HEADER = "order_id,account_id,order_date,quantity,net_revenue,cogs,currency\n"
RATES = "currency,valid_from,rate\nUSD,2025-01-01,0.9\nUSD,2025-02-01,0.8\nJPY,2025-01-01,0.00617\n"


def test_a_line_is_converted_at_the_latest_rate_on_or_before_its_day(stocked):
    stocked.take("exchange_rates", RATES)
    lines = "1,A,2025-01-31,1,10.05,4.00,USD\n2,A,2025-02-01,1,10.05,,usd\n3,A,2024-12-31,1,1,,USD\n4,A,2025-01-05,1,7,,EUR\n5,A,2025-01-05,1,8,,\n"
    result = stocked.take("order_lines", HEADER + lines)
    assert reasons(result) == [(4, "currency", "USD", "missing_rate")]
    columns = "order_id", "currency", "net_revenue", "original_net_revenue", "cogs", "original_cogs"
    assert stocked.rows("order_lines", *columns) == [
        # 10.05 × 0.9 = 9.045, half a cent away from zero
        ("1", "USD", Decimal("9.05"), Decimal("10.05"), Decimal("3.60"), Decimal("4.00")),
        ("2", "USD", Decimal("8.04"), Decimal("10.05"), None, None),
        ("4", "EUR", Decimal("7.00"), Decimal("7.00"), None, None),
        ("5", "EUR", Decimal("8.00"), Decimal("8.00"), None, None),
    ]
    totals = {currency: totals.document() for currency, totals in result.control_totals.items()}
    assert (totals["USD"]["read"], totals["USD"]["inserted"], totals["USD"]["rejected"]) == ("21.10", "20.10", "1.00")
    assert totals["EUR"]["inserted"] == "15.00"


def test_a_changed_rate_converts_the_lines_concerned_anew(stocked):
    stocked.take("exchange_rates", RATES)
    stocked.take(
        "order_lines", HEADER + "1,A,2025-01-31,1,10,4,USD\n2,A,2025-02-02,1,10,4,USD\n3,A,2025-02-02,1,1000,,JPY\n"
    )
    changed = stocked.take("exchange_rates", "currency,valid_from,rate\nUSD,2025-02-01,0.5\nUSD,2025-02-02,0.6\n")
    assert (changed.rows.inserted, changed.rows.updated) == (1, 1)
    assert stocked.rows("order_lines", "order_id", "net_revenue", "cogs") == [
        ("1", Decimal("9.00"), Decimal("3.60")),
        ("2", Decimal("6.00"), Decimal("2.40")),
        ("3", Decimal("6.17"), None),
    ]
    assert stocked.rows("account_month", "month", "net_revenue")[1][1] == Decimal("12.17")
    ledgers.undo_import(stocked.store, changed.import_id, who=stocked.who)
    assert stocked.rows("order_lines", "order_id", "net_revenue")[1] == ("2", Decimal("8.00"))
    assert stocked.rows("account_month", "month", "net_revenue")[1][1] == Decimal("14.17")


def test_the_same_file_is_unchanged_in_its_own_currency_whatever_became_of_the_rate(stocked):
    stocked.take("exchange_rates", RATES)
    text = HEADER + "1,A,2025-01-31,1,10,4,USD\n"
    stocked.take("order_lines", text)
    stocked.take("exchange_rates", "currency,valid_from,rate\nUSD,2025-01-01,0.7\n")
    assert stocked.take("order_lines", text).rows.unchanged == 1


def test_a_rate_that_lines_need_cannot_be_taken_back(stocked):
    rates = stocked.take("exchange_rates", RATES)
    stocked.take("order_lines", HEADER + "1,A,2025-01-31,1,10,4,USD\n")
    with pytest.raises(RuleBroken) as refused:
        ledgers.undo_import(stocked.store, rates.import_id, who=stocked.who)
    assert refused.value.reason == "in_use"
    assert len(stocked.rows("exchange_rates", "currency")) == 3


def test_a_rate_of_nothing_is_rejected(stocked):
    result = stocked.take(
        "exchange_rates", "currency,valid_from,rate\nUSD,2025-01-01,0\nGBP,2025-01-01,-1\nXYZW,2025-01-01,1\n"
    )
    assert reasons(result) == [
        (2, "rate", "0", "out_of_range"),
        (3, "rate", "-1", "out_of_range"),
        (4, "currency", "XYZW", "bad_currency"),
    ]
