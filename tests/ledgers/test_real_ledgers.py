"""The public ledgers come in with the control totals that their source states."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kam import ledgers
from kam.errors import Refusal
from tests.fresh import fresh_workbench
from tests.ledgers.files import TODAY

MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"

pytestmark = pytest.mark.real_ledger


@pytest.fixture
def take(tmp_path, champion, shared_ledgers):
    """take(currency)(table, file, mapping, …): imports into one fresh workbench in that currency."""
    opened = []

    def in_currency(currency: str):
        store = fresh_workbench(tmp_path / "real.duckdb", currency=currency, person=champion)
        opened.append(store)

        def taken(table: str, file: str, mapping: str, join: str | None = None, **said) -> ledgers.ImportResult:
            return ledgers.import_files(
                store,
                table,
                shared_ledgers / file,
                mapping=ledgers.read_mapping(MAPPINGS / mapping),
                join_path=shared_ledgers / join if join else None,
                who=champion,
                today=TODAY,
                **said,
            )

        return store, taken

    yield in_currency
    for store in opened:
        store.close()


def test_online_retail_comes_in_from_its_one_file_and_makes_its_accounts(take):
    store, taken = take("GBP")
    result = taken(
        "order_lines", "online_retail/online_retail_2010_2011.csv.gz", "online-retail.toml", create_accounts=True
    )
    assert result.rows.document() == {
        "read": 541_909,
        "inserted": 406_829,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "left_out": 135_080,
    }
    totals = result.control_totals["GBP"]
    assert totals.read == Decimal("9747747.93")
    assert totals.inserted == Decimal("8300065.81")
    assert result.accounts_created == 4_372
    assert result.files[0].encoding == "cp1252"
    months = store.read("ledgers.account_month").records()
    assert sum(month["net_revenue"] for month in months) == Decimal("8300065.81")
    assert sum(month["positive_revenue"] for month in months) == Decimal("8911407.90")
    assert sum(month["return_amount"] for month in months) == Decimal("611342.09")
    assert len({month["account_id"] for month in months if month["positive_revenue"] > 0}) == 4_338


def test_dates_of_online_retail_that_can_be_read_two_ways_are_asked_about(store, champion, shared_ledgers):
    mapping = (MAPPINGS / "online-retail.toml").read_text(encoding="utf-8").replace('date_format = "mdy"', "")
    with pytest.raises(Refusal) as refused:
        ledgers.import_files(
            store,
            "order_lines",
            shared_ledgers / "online_retail/sample_OnlineRetail_us_dates.csv",
            mapping=ledgers.mapping_from(mapping),
            create_accounts=True,
            who=champion,
            today=TODAY,
        )
    assert (refused.value.reason, refused.value.column) == ("ambiguous", "InvoiceDate")


def test_classicmodels_comes_in_from_headers_and_lines_with_cost(take):
    store, taken = take("USD")
    assert taken("accounts", "classicmodels/customers.csv", "classicmodels-accounts.toml").rows.inserted == 122
    assert taken("products", "classicmodels/products.csv", "classicmodels-products.toml").rows.inserted == 110
    orders = "classicmodels/orderdetails.csv", "classicmodels-orders.toml", "classicmodels/orders.csv"
    result = taken("order_lines", *orders)
    assert result.rows.inserted == result.rows.read == 2_996
    assert result.control_totals["USD"].inserted == Decimal("9604190.61")
    lines = store.read("ledgers.order_lines", columns=("order_id", "account_id", "order_date")).rows
    assert len({order for order, _account, _day in lines}) == 326
    assert len({account for _order, account, _day in lines}) == 98
    assert (str(min(day for *_rest, day in lines)), str(max(day for *_rest, day in lines))) == (
        "2003-01-06",
        "2005-05-31",
    )
    assert all(m["uncosted_line_count"] == 0 for m in store.read("ledgers.account_month").records())
    again = taken("order_lines", *orders)
    assert again.rows.unchanged == 2_996
    assert again.control_totals["USD"].unchanged == Decimal("9604190.61")


def test_northwind_comes_in_rounded_at_the_line(take):
    store, taken = take("USD")
    assert taken("accounts", "northwind/customers.csv", "northwind-accounts.toml").rows.inserted == 93
    assert taken("products", "northwind/products.csv", "northwind-products.toml").rows.inserted == 77
    result = taken("order_lines", "northwind/order_details.csv", "northwind-orders.toml", "northwind/orders.csv")
    assert result.rows.inserted == result.rows.read == 2_155
    # Before rounding the lines come to 1,265,793.0395; each is rounded half up to the cent.
    assert result.control_totals["USD"].inserted == Decimal("1265793.29")
    assert abs(result.control_totals["USD"].inserted - Decimal("1265793.04")) < Decimal("0.005") * 2_155
    lines = store.read("ledgers.order_lines", columns=("order_id", "account_id")).rows
    assert (len({o for o, _a in lines}), len({a for _o, a in lines})) == (830, 89)


def test_the_maven_accounts_come_in_with_their_hierarchy_and_opportunities(take):
    store, taken = take("USD")
    assert taken("accounts", "crm_maven/accounts.csv", "maven-crm-accounts.toml").rows.inserted == 85
    assert taken("products", "crm_maven/products.csv", "maven-crm-products.toml").rows.inserted == 7
    result = taken("opportunities", "crm_maven/sales_pipeline.csv", "maven-crm-opportunities.toml")
    assert (result.rows.read, result.rows.inserted, result.rows.left_out) == (8_800, 7_375, 1_425)
    accounts = store.read("ledgers.accounts").records()
    assert sum(account["parent_account_id"] is not None for account in accounts) == 15
    won = [o for o in store.read("ledgers.opportunities").records() if o["stage"] == "Won"]
    assert (len(won), sum(o["amount"] for o in won)) == (4_238, Decimal("10005534.00"))


def test_the_cdnow_sample_comes_in_without_a_header(take):
    store, taken = take("USD")
    result = taken("order_lines", "cdnow/CDNOW_sample.txt", "cdnow.toml", create_accounts=True)
    assert result.rows.inserted == result.rows.read == 6_919
    assert result.accounts_created == 2_357
    assert result.control_totals["USD"].inserted == Decimal("244091.94")
    assert sum(line["net_revenue"] == 0 for line in store.read("ledgers.order_lines").records()) == 8
