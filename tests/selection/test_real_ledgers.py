"""Verdicts of every account of the two public ledgers, against plain loops over their files."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kam import access, ledgers, selection
from tests.fresh import fresh_workbench
from tests.ledgers.boundary_ledger import months_back
from tests.selection import plain_reading
from tests.selection.conftest import HEAD, gate
from tests.value.test_days_to_pay import slow as by_queue

pytestmark = pytest.mark.real_ledger
MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"
WHO = access.Person("ines-brandt", "Ines Brandt", "champion")


@pytest.fixture(scope="module")
def classicmodels(shared_ledgers, tmp_path_factory):
    """(store, lines, accounts) of the made-up wholesaler of model cars."""
    folder = shared_ledgers / "classicmodels"
    with fresh_workbench(tmp_path_factory.mktemp("classicmodels") / "w.duckdb", currency="USD", person=WHO) as store:
        taken(store, "accounts", folder / "customers.csv", "classicmodels-accounts.toml")
        taken(store, "products", folder / "products.csv", "classicmodels-products.toml")
        orders = folder / "orders.csv"
        taken(store, "order_lines", folder / "orderdetails.csv", "classicmodels-orders.toml", join_path=orders)
        headers = {row["orderNumber"]: row for row in rows_of(orders)}
        lines = [
            (
                headers[row["orderNumber"]]["customerNumber"],
                date.fromisoformat(headers[row["orderNumber"]]["orderDate"][:10]),
                row["orderNumber"],
                row["productCode"],
                cents(Decimal(row["quantityOrdered"]) * Decimal(row["priceEach"])),
            )
            for row in rows_of(folder / "orderdetails.csv")
        ]
        taken(store, "payments", folder / "payments.csv", "classicmodels-payments.toml")
        yield store, lines, [row["customerNumber"] for row in rows_of(folder / "customers.csv")]


@pytest.fixture(scope="module")
def online_retail(shared_ledgers, tmp_path_factory):
    """(store, lines, accounts) of the real gift wholesaler; its accounts are made from the ledger."""
    file = shared_ledgers / "online_retail" / "online_retail_2010_2011.csv.gz"
    with fresh_workbench(tmp_path_factory.mktemp("retail") / "w.duckdb", currency="GBP", person=WHO) as store:
        taken(store, "order_lines", file, "online-retail.toml", create_accounts=True)
        lines = [
            (
                row["CustomerID"].removesuffix(".0"),
                us_day(row["InvoiceDate"]),
                row["InvoiceNo"],
                row["StockCode"],
                cents(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])),
            )
            for row in rows_of(file)
            if row["CustomerID"]
        ]
        yield store, lines, sorted({line[0] for line in lines})


def taken(store, table, file, mapping, **more):
    ledgers.import_files(store, table, file, mapping=ledgers.read_mapping(MAPPINGS / mapping), who=WHO, **more)


def rows_of(file):
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="cp1252", newline="") as text:
        return list(csv.DictReader(text))


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def us_day(text):
    month, day, year = text.split()[0].split("/")
    return date(int(year), int(month), int(day))


def measured(lines, accounts, as_of):
    """The measures that the test's gates use, account by account and line by line."""
    of = {account: [] for account in accounts}
    for line in lines:
        if line[1] <= as_of:
            of[line[0]].append(line)
    start, before = months_back(as_of, 12), months_back(as_of, 24)
    found = {}
    for account, own in of.items():
        window = [line for line in own if line[1] > start]
        bought = [line for line in window if line[4] > 0]
        positive = sum(line[4] for line in bought)
        earlier = sum(line[4] for line in own if before < line[1] <= start)
        days = [line[1] for line in own if line[4] > 0]
        revenue = sum(line[4] for line in window)
        found[account] = {
            "revenue_12m": revenue if own else None,
            "revenue_growth_12m": float(revenue) / float(earlier) - 1 if earlier > 0 else None,
            "orders_12m": len({line[2] for line in bought}),
            "active_months_12m": len({(line[1].year, line[1].month) for line in bought}),
            "product_count_12m": len({line[3] for line in bought}),
            "recency_days": (as_of - max(days)).days if days else None,
            "return_share_12m": float(-sum(line[4] for line in window if line[4] < 0)) / float(positive)
            if bought
            else None,
        }
    return found


def disagreements(ledger, as_of, text):
    """Accounts that the workbench judges otherwise than the loops do, and every verdict that occurred."""
    store, lines, accounts = ledger
    slow = measured(lines, accounts, as_of)
    judged = selection.assess(store, as_of, selection.read_criteria(text), for_whom=WHO).accounts
    assert sorted(account.account_id for account in judged) == sorted(slow)
    found = [
        account.account_id
        for account in judged
        if (account.verdict, [g.verdict for g in account.gates])
        != plain_reading.verdict(text, slow[account.account_id])
    ]
    return found, {account.verdict for account in judged}


@pytest.mark.parametrize("as_of", [date(2005, 5, 31), date(2004, 2, 29), date(2003, 6, 1)], ids=str)
def test_verdicts_on_days_to_pay_and_assessments_equal_plain_loops(classicmodels, shared_ledgers, as_of):
    store, lines, accounts = classicmodels
    payments = [
        (
            row["checkNumber"],
            row["customerNumber"],
            date.fromisoformat(row["paymentDate"]),
            Decimal(row["amount"]),
            None,
        )
        for row in rows_of(shared_ledgers / "classicmodels" / "payments.csv")
    ]
    orders = [(account, order, day, amount) for account, day, order, _product, amount in lines]
    slow = by_queue(orders, payments, as_of, {account: account for account in accounts})
    measures = {
        account: {"days_to_pay": slow.get(account, (None,))[0], "orders_12m": row["orders_12m"]}
        | plain_reading.assessed(store, account, as_of)
        for account, row in measured(lines, accounts, as_of).items()
    }
    known = sorted(m["days_to_pay"] for m in measures.values() if m["days_to_pay"] is not None)
    assert len(known) > 20
    text = (
        HEAD.replace("2025-01-01", "2003-01-01")
        + gate("days_to_pay", "days", at_most=known[len(known) // 2] + 0.001)
        + gate("orders_12m", "orders", at_least=1)
    )
    judged = selection.assess(store, as_of, selection.read_criteria(text), for_whom=WHO).accounts
    wrong = [
        account.account_id
        for account in judged
        if (account.verdict, [g.verdict for g in account.gates])
        != plain_reading.verdict(text, measures[account.account_id])
    ]
    assert wrong == []
    assert {account.verdict for account in judged} == {"pass", "fail", "unknown"}


def charter(revenue, *, orders, months, recency, returns, products):
    """Gates on six measures."""
    return (
        HEAD.replace("2025-01-01", "2003-01-01")
        + gate(at_least=revenue)
        + gate("orders_12m", "orders", at_least=orders)
        + gate("active_months_12m", "months", at_least=months)
        + gate("recency_days", "days", at_most=recency)
        + gate("return_share_12m", "share", at_most=returns)
        + gate("product_count_12m", "products", at_least=products)
    )


@pytest.mark.parametrize("as_of", [date(2005, 5, 31), date(2004, 2, 29), date(2003, 6, 1)], ids=str)
def test_verdicts_on_classicmodels_equal_plain_loops(classicmodels, as_of):
    slow = measured(classicmodels[1], classicmodels[2], as_of)
    revenues = sorted(m["revenue_12m"] for m in slow.values() if m["revenue_12m"])
    # An account's own revenue is the threshold: it passes.
    text = charter(revenues[len(revenues) // 2], orders=1, months=1, recency=200, returns=0.5, products=10)
    wrong, occurred = disagreements(classicmodels, as_of, text)
    assert wrong == []
    assert {"pass", "fail"} <= occurred


def test_growth_on_classicmodels_is_unknown_without_a_year_before(classicmodels):
    text = HEAD.replace("2025-01-01", "2003-01-01") + gate("revenue_growth_12m", "share", at_least=0.05)
    assert disagreements(classicmodels, date(2005, 5, 31), text) == ([], {"pass", "fail", "unknown"})


@pytest.mark.parametrize("as_of", [date(2011, 12, 9), date(2011, 6, 30)], ids=str)
def test_verdicts_on_online_retail_equal_plain_loops(online_retail, as_of):
    slow = measured(online_retail[1], online_retail[2], as_of)
    revenue = sorted(m["revenue_12m"] for m in slow.values() if m["revenue_12m"])[-150]
    share = sorted(m["return_share_12m"] for m in slow.values() if m["return_share_12m"])[50]
    text = charter(revenue, orders=5, months=3, recency=60, returns=share, products=20)
    wrong, occurred = disagreements(online_retail, as_of, text)
    assert wrong == []
    assert {"pass", "fail"} <= occurred
