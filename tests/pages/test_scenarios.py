"""The page of scenarios: try, keep, open what was kept, compare two; refusals beside the fields."""

from datetime import date

from kam import value
from tests.key_accounts import key_accounts
from tests.value.test_outlook import trading  # noqa: F401  (a fixture)

DAY = "2024-12-31"
AS_OF = date(2024, 12, 31)
STATEMENT = "Before and after, a year and over the lifetime"


def kept(store, champion, name, **change):
    found = value.what_if(store, AS_OF, "KEY", value.WhatIf(**change), key_accounts=["KEY"], for_whom=champion)
    return value.keep_scenario(store, name, found, who=champion)


def lines(page):
    return {row["Line"]: row for row in page.tables[STATEMENT]}


def test_a_price_is_tried_seen_and_kept(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("scenarios", as_of=DAY)
    assert not page.at.exception
    assert lines(page)["Contribution"]["Change, EUR"] == "0"
    page.field("number_input", "Price, %").set_value(5.0)
    page.run()
    assert lines(page)["Contribution"]["Change, EUR"] == "726"
    assert "Key would bring 726 EUR contribution a year more." in page.text.replace("\xa0", " ")
    page.field("text_input", "Name of the scenario").set_value("Price up")
    page.press("Keep the scenario")
    assert "“Price up” is kept with what was seen." in page.text
    (found,) = value.scenarios(trading)
    assert found.inputs["price_share"] == 0.05 and found.kept_by == champion.name


def test_a_growth_at_the_bound_is_refused_and_what_was_typed_stays(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("scenarios", as_of=DAY)
    page.field("number_input", "Growth a year, %").set_value(40.0)
    page.run()
    assert "growth is 0.4" in page.errors[0] and page.errors[0].startswith("Key: ")
    assert page.field("number_input", "Growth a year, %").value == 40.0
    page.field("number_input", "Growth a year, %").set_value(0.0)
    page.field("number_input", "Retention a year, %").set_value(120.0)
    page.run()
    assert "retention is 1.2" in page.errors[0]


def test_kept_scenarios_are_listed_opened_and_compared(trading, champion, open_page):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("scenarios", as_of=DAY, tab="Kept")
    assert "No scenario is kept yet" in page.text
    page = open_page("scenarios", as_of=DAY, tab="Compare two")
    assert "keep a second one first" in page.text
    kept(trading, champion, "Price up", price_share=0.05)
    kept(trading, champion, "Longer terms", payment_days=60)
    page = open_page("scenarios", as_of=DAY, tab="Kept")
    newest, first = page.tables["Kept scenarios"]
    assert (newest["Scenario"], newest["Changed"]) == ("Longer terms", "payment in 60 days")
    assert first["Contribution, change, EUR"] == "726"
    assert lines(page)["Capital charge"]["Before, EUR"] == "0"
    page = open_page("scenarios", as_of=DAY, tab="Compare two")
    row = next(r for r in page.tables["Two scenarios side by side"] if r["Line"] == "Contribution")
    assert (row["First, change, EUR"], row["Second, change, EUR"]) == ("0", "726")


def test_an_unknown_margin_says_why_nothing_can_be_told(trading, champion, open_page):  # noqa: F811
    page = open_page("scenarios", as_of=DAY, account="BARE")
    assert not page.at.exception
    assert "The contribution is unknown." in page.text and "no product cost" in page.text


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("scenarios")
    assert not page.at.exception and "import" in page.text.lower()
