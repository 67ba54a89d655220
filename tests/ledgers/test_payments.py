"""Payments come in as every other table does: totals by currency, rates, rejects with reasons, undo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers, verification
from kam.errors import RuleBroken
from tests.fresh import fresh_workbench
from tests.ledgers.files import TODAY, reasons
from tests.ledgers.test_real_ledgers import MAPPINGS

HEADER = "payment_id,account_id,paid_on,amount,currency,order_id\n"
RATES = "currency,valid_from,rate\nUSD,2025-01-01,0.9\nUSD,2025-02-01,0.8\n"


def amounts(desk) -> list[tuple]:
    """(payment_id, amount in the reporting currency) of every payment."""
    rows = desk.store.read(
        "ledgers.payment_amounts", columns=("payment_id", "amount"), order_by=[("payment_id", False)]
    )
    return [tuple(row) for row in rows.rows]


def test_payments_come_in_with_control_totals_by_currency_and_are_converted_at_the_rate_of_their_day(stocked):
    stocked.take("exchange_rates", RATES)
    result = stocked.take(
        "payments", HEADER + "P1,A,2025-01-31,10.05,USD,1\nP2,A,2025-02-01,10.05,usd,\nP3,B,2025-01-05,-7,,\n"
    )
    totals = {currency: str(total.inserted) for currency, total in result.control_totals.items()}
    assert totals == {"EUR": "-7.00", "USD": "20.10"}
    assert amounts(stocked) == [("P1", Decimal("9.05")), ("P2", Decimal("8.04")), ("P3", Decimal("-7.00"))]
    stocked.take("exchange_rates", "currency,valid_from,rate\nUSD,2025-02-01,0.5\n")
    assert amounts(stocked)[1] == ("P2", Decimal("5.03"))
    assert not [check.message for check in verification.verify(stocked.store) if not check.is_ok]


def test_a_payment_that_does_not_fit_is_rejected_with_its_reason(stocked):
    stocked.take("exchange_rates", RATES)
    result = stocked.take(
        "payments",
        HEADER
        + "P1,A,2025-01-31,10,,\nP1,A,2025-02-01,11,,\nP2,Z,2025-01-05,1,,\nP3,A,2027-01-05,1,,\n"
        + "P4,A,2025-01-05,,,\nP5,A,2024-01-05,1,USD,\n,A,2025-01-05,1,,\n",
    )
    assert reasons(result) == [
        (3, "payment_id", "P1", "duplicate_key"),
        (4, "account_id", "Z", "unknown_account"),
        (5, "paid_on", "2027-01-05", "future_date"),
        (6, "amount", None, "missing"),
        (7, "currency", "USD", "missing_rate"),
        (8, "payment_id", None, "missing"),
    ]
    assert (result.rows.inserted, result.rows.rejected) == (1, 6)
    assert result.control_totals["EUR"].rejected == Decimal("14.00")


def test_an_undone_import_of_payments_brings_back_what_it_changed(stocked):
    stocked.take("payments", HEADER + "P1,A,2025-01-31,10,,\n")
    second = stocked.take("payments", HEADER + "P1,A,2025-01-31,12,,7\nP2,A,2025-02-03,5,,\n")
    assert (second.rows.inserted, second.rows.updated) == (1, 1)
    ledgers.undo_import(stocked.store, second.import_id, who=stocked.who)
    assert stocked.rows("payments", "payment_id", "amount", "order_id") == [("P1", Decimal("10.00"), None)]
    assert stocked.take("payments", HEADER + "P1,A,2025-01-31,10,,\n").rows.unchanged == 1


def test_rates_that_payments_rest_on_cannot_be_taken_back(stocked):
    rates = stocked.take("exchange_rates", RATES)
    stocked.take("payments", HEADER + "P1,A,2025-01-31,10,USD,\n")
    with pytest.raises(RuleBroken) as refused:
        ledgers.undo_import(stocked.store, rates.import_id, who=stocked.who)
    assert refused.value.reason == "in_use"


@pytest.mark.real_ledger
def test_the_payments_of_classicmodels_come_in_with_the_control_total_of_their_source(
    tmp_path, champion, shared_ledgers
):
    folder = shared_ledgers / "classicmodels"
    with fresh_workbench(tmp_path / "real.duckdb", currency="USD", person=champion) as store:
        for table, mapping, file in (
            ("accounts", "classicmodels-accounts.toml", "customers.csv"),
            ("payments", "classicmodels-payments.toml", "payments.csv"),
        ):
            result = ledgers.import_files(
                store,
                table,
                folder / file,
                mapping=ledgers.read_mapping(MAPPINGS / mapping),
                who=champion,
                today=TODAY,
            )
        assert result.rows.inserted == result.rows.read == 273
        assert result.control_totals["USD"].inserted == Decimal("8853839.23")
        days = store.read("ledgers.payments").column("paid_on")
        assert (min(days), max(days)) == (date(2003, 1, 16), date(2005, 6, 9))
