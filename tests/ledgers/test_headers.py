"""Known headings of other systems find their columns; the contract's own names go first."""

from __future__ import annotations

import pytest

from kam.ledgers import headers
from kam.ledgers.contract import TABLES

EXPORTS = [
    (
        "accounts",
        ["Account ID", "Account Name", "Parent Account ID", "Industry", "Billing Country", "Account Owner", "Website"],
        ["account_id", "name", "parent_account_id", "industry", "country", "owner", "website"],
    ),
    (
        "accounts",
        ["Id", "Name", "ParentId", "Industry", "BillingState", "BillingCountry", "AccountSource", "OwnerId"],
        ["account_id", "name", "parent_account_id", "industry", "region", "country", "channel", "owner"],
    ),
    (
        "accounts",
        [
            "Record ID",
            "Company name",
            "Industry",
            "State/Region",
            "Country/Region",
            "Company owner",
            "Company Domain Name",
        ],
        ["account_id", "name", "industry", "region", "country", "owner", "website"],
    ),
    (
        "contacts",
        ["Id", "AccountId", "Name", "Title", "Email", "Phone", "ReportsToId"],
        ["contact_id", "account_id", "name", "title", "email", "phone", "reports_to"],
    ),
    (
        "opportunities",
        ["Opportunity ID", "Account ID", "Opportunity Name", "Stage", "Amount", "Probability (%)", "Close Date"],
        ["opportunity_id", "account_id", "name", "stage", "amount", "probability", "expected_close"],
    ),
    (
        "opportunities",
        ["Record ID", "Primary Associated Company ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Deal owner"],
        ["opportunity_id", "account_id", "name", "stage", "amount", "expected_close", "owner"],
    ),
    (
        "order_lines",
        ["Invoice No", "Customer No", "Invoice Date", "Item No", "Qty", "Unit Price", "Net Amount", "Currency Code"],
        ["order_id", "account_id", "order_date", "product_id", "quantity", "unit_price", "net_revenue", "currency"],
    ),
]


@pytest.mark.parametrize(("table", "headings", "columns"), EXPORTS, ids=[f"{t}: {h[0]}" for t, h, _c in EXPORTS])
def test_an_export_finds_its_columns(table, headings, columns):
    found = headers.matched(TABLES[table], headings).columns
    assert found == dict(zip(columns, headings, strict=True))


@pytest.mark.parametrize(
    ("table", "headings"), [(t, h) for t, h, _c in EXPORTS], ids=[f"{t}: {h[0]}" for t, h, _c in EXPORTS]
)
def test_an_export_is_known_for_what_it_is(table, headings):
    assert headers.likeliest(headings).name == table


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_the_contracts_own_names_match_in_any_spelling(table):
    for spell in (
        str.upper,
        lambda n: n.replace("_", " ").title(),
        lambda n: n.replace("_", "-"),
        lambda n: n.replace("_", ""),
    ):
        headings = [spell(field.name) for field in table.fields]
        assert headers.matched(table, headings).columns == {
            field.name: heading for field, heading in zip(table.fields, headings, strict=True)
        }


def test_an_own_name_is_never_given_to_another_column():
    found = headers.matched(
        TABLES["order_lines"], ["order_id", "account_id", "order_date", "quantity", "net_revenue", "amount"]
    )
    assert found.columns["net_revenue"] == "net_revenue"
    assert "amount" not in found.columns.values()


def test_a_heading_serves_one_column_only():
    for table in TABLES.values():
        headings = [heading for column in headers.known()[table.name].values() for heading in column]
        used = list(headers.matched(table, headings).columns.values())
        assert len(used) == len(set(used))
