"""Readings of the public ledgers: known totals, known customers, and a whole ledger against plain loops."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kam import access, ledgers, parameters, segments, value
from kam.store import Condition
from tests.fresh import fresh_workbench
from tests.ledgers import boundary_ledger

pytestmark = pytest.mark.real_ledger
MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"
WHO = access.Person("ines-brandt", "Ines Brandt", "champion")
CENT = Decimal("0.01")


def load(store, table, file, mapping, **settings):
    """Import one file with a shipped mapping; nothing may be rejected."""
    result = ledgers.import_files(
        store, table, file, mapping=ledgers.read_mapping(MAPPINGS / mapping), who=WHO, **settings
    )
    assert result.rows.rejected == 0


@pytest.fixture(scope="module")
def classicmodels(shared_ledgers, tmp_path_factory):
    """The made-up wholesaler with cost, with a cost model of half an hour per order and two minutes per line."""
    folder = shared_ledgers / "classicmodels"
    with fresh_workbench(tmp_path_factory.mktemp("classicmodels") / "w.duckdb", currency="USD", person=WHO) as store:
        load(store, "accounts", folder / "customers.csv", "classicmodels-accounts.toml")
        load(store, "products", folder / "products.csv", "classicmodels-products.toml")
        lines, headers = folder / "orderdetails.csv", folder / "orders.csv"
        load(store, "order_lines", lines, "classicmodels-orders.toml", join_path=headers)
        value.adopt_cost_model(store, value.read_cost_model(OFFICE), reason="Worked example", who=WHO)
        yield store


OFFICE = """\
[model]
name = "Sales office"
from = 2003-01-01
source = "Worked example"

[[pool]]
id = "office"
name = "Sales office"
source = "Worked example"

[[pool.period]]
from = 2003-01-01
to = 2005-12-31
cost = 300000
practical_capacity_minutes = 400000

[[activity]]
code = "order"
name = "Handling an order"
pool = "office"
driver = "orders"
unit_minutes = 30
source = "Worked example"

[[activity]]
code = "line"
name = "Picking a line"
pool = "office"
driver = "lines"
unit_minutes = 2
source = "Worked example"
"""


def classicmodels_ledger(folder) -> boundary_ledger.Ledger:
    """The same ledger read by the csv module alone."""

    def rows(name):
        with open(folder / name, encoding="cp1252", newline="") as file:
            return list(csv.DictReader(file))

    orders = {row["orderNumber"]: row for row in rows("orders.csv")}
    lines = [
        boundary_ledger.Line(
            order_id=row["orderNumber"],
            line_no=int(row["orderLineNumber"]),
            account_id=orders[row["orderNumber"]]["customerNumber"],
            order_date=date.fromisoformat(orders[row["orderNumber"]]["orderDate"][:10]),
            product_id=row["productCode"],
            quantity=Decimal(row["quantityOrdered"]),
            net_revenue=(Decimal(row["quantityOrdered"]) * Decimal(row["priceEach"])).quantize(CENT, ROUND_HALF_UP),
            list_revenue=None,
            cogs=None,
            is_rush=None,
        )
        for row in rows("orderdetails.csv")
    ]
    parents = {row["customerNumber"]: None for row in rows("customers.csv")}
    costs = {row["productCode"]: Decimal(row["buyPrice"]) for row in rows("products.csv")}
    return boundary_ledger.Ledger(parents, costs, lines)


def test_classicmodels_has_its_known_totals(classicmodels):
    whole = segments.concentration(classicmodels, date(2005, 5, 31), months=None)
    assert (whole.account_count, whole.left_out_count) == (98, 0)
    assert whole.revenue_amount == Decimal("9604190.61")
    assert round(whole.gini, 6) == 0.329702
    assert round(whole.top_fifth_share * 100, 4) == 41.6394
    assert ledgers.default_as_of(classicmodels, date(2026, 11, 20)) == date(2005, 5, 31)


@pytest.mark.parametrize("as_of", [date(2005, 5, 31), date(2004, 2, 29), date(2004, 11, 15)], ids=str)
def test_every_fact_of_classicmodels_equals_loops_over_its_files(classicmodels, shared_ledgers, as_of):
    slow = boundary_ledger.facts(classicmodels_ledger(shared_ledgers / "classicmodels"), as_of, "account")
    read = {row["account_id"]: row for row in classicmodels.read("ledgers.account_facts", {"as_of": as_of})}
    assert read == slow


def test_the_profit_and_loss_of_classicmodels_ties_to_its_ledger(classicmodels, shared_ledgers):
    as_of = date(2005, 5, 31)
    ledger = classicmodels_ledger(shared_ledgers / "classicmodels")
    start = boundary_ledger.months_back(as_of, 12)
    window = [line for line in ledger.lines if start < line.order_date <= as_of]
    rows = classicmodels.read("value.account_measures", {"as_of": as_of}, where=[Condition("revenue_12m", "is_known")])
    margin = sum(line.net_revenue - boundary_ledger.line_cost(line, ledger.costs) for line in window)
    assert sum(rows.column("margin_12m")) == margin
    tied = value.reconciliation(classicmodels, as_of, for_whom=WHO)
    assert tied.allocated_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount
    assert tied.ledger_amount == Decimal("99908.76")  # 365 of 1,096 days of 300,000
    assert sum(rows.column("cost_to_serve_12m")) == tied.allocated_amount
    assert sum(rows.column("contribution_12m")) == margin - tied.allocated_amount
    minutes = 30 * len({line.order_id for line in window}) + 2 * len(window)
    assert tied.pools[0].used_minutes == minutes
    curve = value.whale_curve(classicmodels, as_of, for_whom=WHO)
    assert curve.total_amount == margin - tied.allocated_amount
    assert curve.points[-1] == (1.0, curve.total_amount)


@pytest.fixture(scope="module")
def online_retail(shared_ledgers, tmp_path_factory):
    """The real ledger of a gift wholesaler, with its customers made from it."""
    with fresh_workbench(tmp_path_factory.mktemp("retail") / "w.duckdb", currency="GBP", person=WHO) as store:
        file = shared_ledgers / "online_retail" / "online_retail_2010_2011.csv.gz"
        load(store, "order_lines", file, "online-retail.toml", create_accounts=True)
        yield store


@pytest.fixture(scope="module")
def retail_lines(shared_ledgers):
    """(customer, day, invoice, amount) of every line with a customer, by the csv module alone."""
    file = shared_ledgers / "online_retail" / "online_retail_2010_2011.csv.gz"
    lines = []
    with gzip.open(file, "rt", encoding="cp1252", newline="") as text:
        for row in csv.DictReader(text):
            if row["CustomerID"]:
                month, day, year = row["InvoiceDate"].split()[0].split("/")
                amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])
                lines.append(
                    (
                        row["CustomerID"].removesuffix(".0"),
                        date(int(year), int(month), int(day)),
                        row["InvoiceNo"],
                        amount.quantize(CENT, ROUND_HALF_UP),
                    )
                )
    return lines


def test_online_retail_has_its_known_customers_and_totals(online_retail):
    last = date(2011, 12, 9)
    assert ledgers.extent(online_retail)["last_order_on"] == last
    whole = segments.concentration(online_retail, last, months=None)
    revenues = {
        row["account_id"]: row["revenue_24m"] for row in online_retail.read("ledgers.account_facts", {"as_of": last})
    }
    assert (len(revenues), sum(revenues.values())) == (4372, Decimal("8300065.81"))
    assert sum(1 for revenue in revenues.values() if revenue < 0) == 41
    # Three customers come to exactly nothing beside the 41.
    assert whole.account_count + whole.left_out_count == 4372
    days = online_retail.read("ledgers.account_facts", {"as_of": last}).column("order_days")
    assert (sum(days), max(days), sum(1 for count in days if count == 1)) == (16763, 132, 1548)


def test_facts_of_every_customer_equal_loops_over_the_file(online_retail, retail_lines):
    as_of = date(2011, 11, 15)
    start = boundary_ledger.months_back(as_of, 12)
    slow = defaultdict(lambda: {"revenue": Decimal("0.00"), "orders": set(), "days": set(), "months": set()})
    for customer, day, invoice, amount in retail_lines:
        if day <= as_of:
            facts = slow[customer]
            if amount > 0:
                facts["days"].add(day)
            if day > start:
                facts["revenue"] += amount
                if amount > 0:
                    facts["orders"].add(invoice)
                    facts["months"].add((day.year, day.month))
    read = {
        row["account_id"]: (
            row["revenue_12m"],
            row["orders_12m"],
            row["order_days"],
            row["active_months_12m"],
            row["recency_days"],
        )
        for row in online_retail.read(
            "ledgers.account_facts", {"as_of": as_of}, where=[Condition("line_count", ">", 0)]
        )
    }
    assert read == {
        customer: (
            facts["revenue"],
            len(facts["orders"]),
            len(facts["days"]),
            len(facts["months"]),
            (as_of - max(facts["days"])).days if facts["days"] else None,
        )
        for customer, facts in slow.items()
    }


def test_without_product_cost_worth_is_unknown_until_a_margin_rate_is_assumed(online_retail):
    as_of = date(2011, 12, 9)
    # Who had no line in the 12 months earned and cost nothing, and that is known.
    known = [Condition("contribution_12m", "is_known"), Condition("orders_12m", ">", 0)]
    assert online_retail.read("value.account_measures", {"as_of": as_of}, where=known, limit=1).total == 0
    model = OFFICE.replace("2003-01-01", "2010-01-01").replace("2005-12-31", "2011-12-31")
    value.adopt_cost_model(online_retail, value.read_cost_model(model), reason="Worked example", who=WHO)
    parameters.adopt(
        online_retail, "value.assumed_margin_rate", 0.4, valid_from=as_of, source="Worked example", who=WHO
    )
    day_before = as_of - timedelta(days=1)
    assert online_retail.read("value.account_measures", {"as_of": day_before}, where=known, limit=1).total == 0
    rows = online_retail.read("value.account_measures", {"as_of": as_of})
    assert (rows.total, None in rows.column("contribution_12m")) == (4372, False)
    assert all(row["is_margin_estimated"] for row in rows if row["orders_12m"])
    tied = value.reconciliation(online_retail, as_of, for_whom=WHO)
    assert sum(rows.column("cost_to_serve_12m")) == tied.allocated_amount
    assert tied.allocated_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount
    # A gift wholesaler's 400,000 lines do not fit an office of this size: flagged, not rescaled.
    assert [pool.utilisation_share > 1 for pool in tied.overused] == [True]


@pytest.fixture(scope="module")
def northwind(shared_ledgers, tmp_path_factory):
    """The made-up trader: headers and lines in two files, no product cost."""
    folder = shared_ledgers / "northwind"
    with fresh_workbench(tmp_path_factory.mktemp("northwind") / "w.duckdb", currency="USD", person=WHO) as store:
        load(store, "accounts", folder / "customers.csv", "northwind-accounts.toml")
        lines, headers = folder / "order_details.csv", folder / "orders.csv"
        load(store, "order_lines", lines, "northwind-orders.toml", join_path=headers)
        yield store


@pytest.fixture(scope="module")
def cdnow(shared_ledgers, tmp_path_factory):
    """The real purchases of CD buyers: no cost, no orders of their own, no returns."""
    with fresh_workbench(tmp_path_factory.mktemp("cdnow") / "w.duckdb", currency="USD", person=WHO) as store:
        load(store, "order_lines", shared_ledgers / "cdnow" / "CDNOW_sample.txt", "cdnow.toml", create_accounts=True)
        yield store


@pytest.mark.parametrize("name", ["classicmodels", "online_retail", "northwind", "cdnow"])
def test_with_terms_and_direct_costs_every_ledger_still_ties_to_the_cent(name, request):
    store = request.getfixturevalue(name)
    as_of = ledgers.extent(store)["last_order_on"]
    rows = store.read("value.account_measures", {"as_of": as_of}, order_by=[("revenue_12m", True)], limit=1)
    account = rows.column("account_id")[0]
    start = as_of.year - 2
    text = OFFICE.replace("2003-01-01", f"{start}-01-01").replace("2005-12-31", f"{start + 2}-12-31") + TERMS
    value.adopt_cost_model(store, value.read_cost_model(text), reason="Worked example", who=WHO)
    before = value.reconciliation(store, as_of, for_whom=WHO)
    costs = [
        value.DirectCost(account, kind, "drawn", as_of - timedelta(days=99), as_of, Decimal("1000.01"), "x", pool)
        for kind, pool in (("dedicated_staff", "office"), ("customer_it", None), ("annual_bonus", None))
    ]
    value.record_direct_costs(store, costs, reason="Worked example", who=WHO)
    tied = value.reconciliation(store, as_of, for_whom=WHO)
    parts = tied.allocated_amount + tied.direct_amount + tied.unused_amount + tied.unallocated_amount
    assert parts == tied.ledger_amount
    assert tied.direct_amount == Decimal("2000.02")
    # Of the two costs one was in the pool all along; the window's share of the pool's three years rounds it.
    assert tied.allocated_amount < before.allocated_amount
    rows = store.read("value.account_measures", {"as_of": as_of}).records()
    served = sum(row["cost_to_serve_12m"] for row in rows if row["revenue_12m"] is not None)
    assert served == tied.allocated_amount + tied.direct_amount
    stated = store.one("value.profit_and_loss", {"as_of": as_of}, where=[Condition("account_id", "=", account)])
    assert stated["pocket_amount"] == stated["invoice_amount"] - Decimal("1000.01")


TERMS = """
[[activity.term]]
kind = "flag"
of = "return"
minutes = 3
name = "drawn"

[[activity]]
code = "credit"
name = "Writing a credit note"
pool = "office"
driver = "credit_notes"
unit_minutes = 12
source = "Worked example"

[[activity.term]]
kind = "count"
of = "return_lines"
minutes = 1.5
name = "drawn"
"""
