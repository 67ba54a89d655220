"""The page of lifetime value: ranges of key accounts, one account opened, and which forecast to believe."""

from datetime import date

from kam import parameters, value
from tests.key_accounts import key_accounts
from tests.value.test_cost_to_serve import department
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
    assert "moves it most" in page.text and "statistics' range" in page.text
    # Three horizons × three shifts of retention; a column for each discount rate.
    rows = page.tables["Sensitivity to discount, horizon and retention"]
    assert len(rows) == 9
    assert {f"At {rate}\N{NO-BREAK SPACE}%, EUR" for rate in ("8.0", "10.0", "12.0", "15.0")} <= set(rows[0])
    assert len(page.tables["The forecast year by year, at medians"]) == 3


def test_the_verdict_names_the_forecast_in_use_and_what_each_missed(trading, champion, open_page):  # noqa: F811
    page = open_page("lifetime_value", as_of=DAY, tab="Which forecast")
    assert "For the whole base the run-rate is used." in page.text
    assert len(page.tables["Each forecast against what came"]) == 6


def test_the_reconciliation_adds_up_and_bridges_every_key_account(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    value.rate_relational(
        trading, "KEY", "learning", 3, evidence="Filter line", rated_on=date(2024, 12, 31), who=champion
    )
    page = open_page("lifetime_value", as_of=DAY, tab="Reconciliation")
    assert not page.at.exception
    (row,) = page.tables["From statistics to plan, same years and rates, at medians"]
    assert row["Account"] == "Key" and row["By statistics, EUR"] == row["By plan, EUR"]
    assert "Every plan lies within its account's statistical range." in page.text
    assert "the sum of their P10s would be" in page.text and "Unknown and in no sum: Bare" in page.text
    assert page.tables["Relational value"][0]["Kind"] == "Learning"


def test_everyone_else_stands_by_each_forecast_with_what_the_fit_is_worth(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("lifetime_value", as_of=DAY, tab="Everyone else")
    assert not page.at.exception
    assert [row["Account"] for row in page.tables["Everyone else by statistics"]] == ["Other", "Bare"]
    assert page.metrics["Run-rate"].startswith("6.70")
    assert "The fit is not to be believed" in page.text


def test_rates_and_risk_show_the_table_and_why_it_is_not_calibrated(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("lifetime_value", as_of=DAY, tab="Rates and risk")
    assert len(page.tables["From risk score to yearly chance"]) == 5
    assert "too few to calibrate" in page.text and "30 are needed for a fit" in page.text


def test_risk_in_two_places_is_refused_and_in_the_rate_alone_is_taken(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("lifetime_value", as_of=DAY)
    page.field("number_input", "Risk premium on the rate, %").set_value(3.0)
    page.run()
    assert "would count risk twice" in page.errors[0] and "Key accounts by lifetime value" not in page.tables
    page.field("toggle", "Yearly chances to keep the account").set_value(False)
    page.run()
    assert not page.errors and page.tables["Key accounts by lifetime value"][0]["Kept a year, %"] == "100.0"


def test_a_ledger_too_short_for_the_holdout_has_unknown_values_and_no_zeros(store, champion, open_page):
    key_accounts(store, champion, "SHORT", on=date(2024, 3, 1))
    value.adopt_cost_model(store, department(600, 6000, {"visit": 60}), reason="Budget", who=champion)
    page = open_page("lifetime_value", as_of="2024-06-30")
    assert not page.at.exception
    assert page.metrics["Key accounts"] == "–" and page.metrics["Customer equity"] == "–"
    assert "Ranges are unknown." in page.text and "Import an older part of it." in page.text
    page = open_page("lifetime_value", as_of="2024-06-30", tab="Reconciliation")
    assert "No key account's value is known, so there is no sum." in page.text


def test_what_rests_on_an_assumed_margin_looks_estimated(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    parameters.adopt(
        trading, "value.assumed_margin_rate", 0.3, valid_from=date(2024, 1, 1), source="Finance", who=champion
    )
    page = open_page("lifetime_value", as_of=DAY)
    # BARE has no product cost: it is estimated, KEY is not.
    assert page.metrics["Everyone else"].startswith("≈") and not page.metrics["Key accounts"].startswith("≈")
    page = open_page("scenarios", as_of=DAY, account="BARE")
    assert page.metrics["Contribution"].startswith("≈")


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("lifetime_value")
    assert not page.at.exception
    assert "import" in page.text.lower()
