"""Tables: the database cuts, sorts, searches and sums; a row leads to its account; a download has everything."""

from __future__ import annotations

import csv
import io

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kam.ui import session
from tests.drawn import given
from tests.pages.conftest import Page


def listing():
    """A page with a list of the account master."""
    from kam import ui

    frame = ui.page("Test", "Which?", needs_ledger=False)
    ui.relation_table(
        frame,
        "ledgers.accounts",
        None,
        [
            ui.Column("name", "Account", "account"),
            ui.Column("industry", "Industry"),
            ui.Column("payment_terms_days", "Terms", "days"),
        ],
        key="list",
        title="Accounts",
        more=[ui.Column("region", "Region")],
        search=("name", "account_id"),
        filters={"industry": "Industry"},
        order_by=("payment_terms_days", True),
        totals=["payment_terms_days"],
        empty="Import accounts first.",
        rows_per_page=3,
    )


@pytest.fixture
def open_list(store, champion, monkeypatch):
    monkeypatch.setattr(session, "store", lambda: store)

    def opened(**query):
        at = AppTest.from_function(listing, default_timeout=30)
        for name, value in query.items():
            at.query_params[name] = value
        return Page(at.run())

    return opened


@pytest.fixture
def accounts(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name    | industry | region | payment_terms_days
        000123     | Alpha   | Steel    | North  | 30
        B          | =1+1    | Paper    | South  | 60
        C          | Gamma   | Steel    | North  | 14
        D          | Delta   |          |        |
        E          | Epsilon | Paper    |        | 45
        """,
    )


def shown(page):
    return [row["Account"] for row in page.tables["Accounts"]]


def test_a_list_shows_a_page_of_rows_in_order_with_count_and_total(accounts, open_list):
    page = open_list()
    assert shown(page) == ["=1+1", "Epsilon", "Alpha"]
    assert "1–3 of 5" in page.text
    assert page.totals["Accounts"]["Terms"] == "149\N{NO-BREAK SPACE}*"
    assert "Without the rows whose figure is unknown" in page.text


def test_the_second_page_holds_the_rest_and_unknown_values_come_last(accounts, open_list):
    page = open_list()
    page.at.get("pagination")[0].set_value(2).run()
    assert shown(page) == ["Gamma", "Delta"]
    assert page.tables["Accounts"][1]["Terms"] == "–"


def test_a_search_looks_in_names_and_ids_and_returns_to_the_first_page(accounts, open_list):
    page = open_list()
    page.at.get("pagination")[0].set_value(2).run()
    page.field("text_input", "Search").set_value("00012").run()
    assert shown(page) == ["Alpha"]


def test_a_filter_narrows_rows_count_and_total(accounts, open_list):
    page = open_list()
    page.field("selectbox", "Industry").set_value("Steel").run()
    assert shown(page) == ["Alpha", "Gamma"]
    assert page.totals["Accounts"] == {"Account": "Total of 2", "Industry": "", "Terms": "44"}


def test_a_filter_is_taken_from_the_address(accounts, open_list):
    assert shown(open_list(industry="Paper")) == ["=1+1", "Epsilon"]


def test_a_filter_of_the_address_that_no_row_has_is_left_out(accounts, open_list):
    assert len(shown(open_list(industry="Oil"))) == 3


def test_nothing_found_and_nothing_there_are_said_apart(accounts, open_list, store):
    page = open_list()
    page.field("text_input", "Search").set_value("nobody").run()
    assert page.at.info[0].value.startswith("No row meets these conditions")


def test_an_empty_list_says_where_rows_come_from(open_list):
    assert open_list().at.info[0].value == "Import accounts first."


def test_each_name_leads_to_its_account_with_the_day_kept(accounts, open_list):
    assert open_list(as_of="2025-06-30").links[2] == "account?as_of=2025-06-30&accounts=all&account=000123"


def test_sorting_by_a_heading_sorts_all_rows(accounts, open_list):
    page = open_list()
    page.at.session_state["list.sort"] = ("name", False)
    assert shown(page.run()) == ["=1+1", "Alpha", "Delta"]


def test_a_visitor_may_add_a_column(accounts, open_list):
    page = open_list()
    page.at.session_state["list.more"] = ["region"]
    assert page.run().tables["Accounts"][2]["Region"] == "North"


def test_a_download_holds_every_row_found_with_ids_and_no_formula(accounts, open_list, monkeypatch):
    offered = {}
    monkeypatch.setattr(st, "download_button", lambda label, *, data, **_rest: offered.update({label: data}))
    open_list()
    rows = list(csv.reader(io.StringIO(offered["CSV"]().decode("utf-8-sig"))))
    assert rows[0] == ["Account", "Industry", "Terms", "account_id"]
    assert len(rows) == 6
    assert rows[1][0] == "'=1+1"
    assert rows[3] == ["Alpha", "Steel", "30", "000123"]
    assert offered["XLSX"]().startswith(b"PK")
