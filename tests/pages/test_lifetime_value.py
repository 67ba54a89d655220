"""The page of lifetime value: ranges of key accounts, one account opened, and which forecast to believe."""

from datetime import date

from tests.key_accounts import key_accounts
from tests.value.test_outlook import trading  # noqa: F401  (a fixture)

DAY = "2024-12-31"


def test_key_accounts_have_a_range_and_equity_opens_to_its_inputs(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("lifetime_value", as_of=DAY)
    assert not page.at.exception
    (row,) = page.tables["Key accounts by lifetime value"]
    assert row["Account"] == "Key"
    assert row["P10, EUR"] != "–" and row["P90, EUR"] != "–"
    assert {"Customer equity", "Key accounts", "Everyone else"} <= set(page.metrics)
    assert "each counted once" in page.text and "P10 is the low case" in page.text
    assert "1 account has an unknown value and is in no sum." in page.text


def test_one_account_opens_to_what_moves_it_the_bridge_and_the_sensitivity(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("lifetime_value", as_of=DAY, tab="One account")
    assert not page.at.exception
    assert "moves it most" in page.text and "run-rate's range" in page.text
    assert len(page.tables["Sensitivity to discount, horizon and retention"]) == 4 * 3 * 3


def test_the_verdict_names_the_forecast_in_use_and_what_each_missed(trading, champion, open_page):  # noqa: F811
    page = open_page("lifetime_value", as_of=DAY, tab="Which forecast")
    assert "For the whole base the run-rate is used." in page.text
    assert len(page.tables["Each forecast against what came"]) == 6


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("lifetime_value")
    assert not page.at.exception
    assert "import" in page.text.lower()
