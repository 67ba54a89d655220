"""The tab Lifetime value of an account: forecast, scorecard, initiatives and relational value, stated by forms."""

from datetime import date

from kam import value
from tests.key_accounts import key_accounts
from tests.value.test_outlook import trading  # noqa: F401  (a fixture)

DAY = "2024-12-31"
AS_OF = date(2024, 12, 31)


def opened(trading, champion, open_page, account="KEY"):  # noqa: F811
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    page = open_page("account", as_of=DAY, account=account, tab="Lifetime value")
    assert not page.at.exception
    return page


def test_a_key_account_shows_forecast_scorecard_initiatives_and_relational_value(trading, champion, open_page):  # noqa: F811
    page = opened(trading, champion, open_page)
    assert {"Value of 3 years", "By statistics alone", "Kept through the first year", "Weighted pipeline"} <= set(
        page.metrics
    )
    assert len(page.tables["Relationship-risk scorecard"]) == 10
    assert page.metrics["Risk score"] == "–" and "5 are needed for a score" in page.text
    assert "In use: The retention of the whole base" in page.text
    assert "No initiative is planned" in page.text and "Nothing is rated yet" in page.text


def test_an_account_outside_the_programme_has_the_same_and_an_unknown_one_says_why(trading, champion, open_page):  # noqa: F811
    assert "moves it most" in opened(trading, champion, open_page, "OTHER").text
    page = open_page("account", as_of=DAY, account="BARE", tab="Lifetime value")
    assert "The lifetime value is unknown." in page.text and "Margin or cost to serve is unknown." in page.text


def test_a_factor_is_judged_with_evidence_and_refused_without(trading, champion, open_page):  # noqa: F811
    page = opened(trading, champion, open_page)
    page.field("selectbox", "Factor").set_value("buyer")
    page.press("Keep the judgement")
    assert "say it in 1 to" in page.errors[0] and "KEY" in page.errors[0]
    page.field("text_input", "Evidence").set_value("New head of purchasing")
    page.press("Keep the judgement")
    assert not page.errors
    row = next(r for r in page.tables["Relationship-risk scorecard"] if r["Factor"] == "Change of buyer")
    assert (row["Rating 0–4"], row["From"], row["By"]) == ("2.0", "judged", champion.name)


def test_an_initiative_without_a_period_is_refused_and_with_one_enters_the_forecast(trading, champion, open_page):  # noqa: F811
    page = opened(trading, champion, open_page)

    def fill():
        page.field("text_input", "What will be done").set_value("Consignment stock")
        for label, amount in (("low case", 80.0), ("likely", 100.0), ("high case", 130.0)):
            page.field("number_input", f"Profit a year, {label}").set_value(amount)
        page.field("number_input", "Chance that it comes about, %").set_value(50.0)
        page.field("text_input", "Owner").set_value("Ines")
        page.field("text_input", "What the estimate rests on").set_value("Pilot")

    fill()
    page.press("Plan the initiative")
    assert "has no period" in page.errors[0] and "account KEY" in page.errors[0]
    page.field("date_input", "First day").set_value(date(2025, 1, 1))
    page.field("date_input", "Last day").set_value(date(2026, 12, 31))
    page.press("Plan the initiative")
    assert not page.errors and "“Consignment stock” is in the forecast." in page.text
    assert page.tables["Initiatives"][0]["Chance, %"] == "50.0"
    assert page.tables["The forecast year by year, at medians"][0]["Initiatives, EUR"] != "0"


def test_an_initiative_is_withdrawn_with_a_reason(trading, champion, open_page):  # noqa: F811
    from tests.value.test_initiatives import PLANNED

    value.plan_initiative(trading, "KEY", PLANNED, stated_on=AS_OF, who=champion)
    page = opened(trading, champion, open_page)
    page.press("Withdraw the initiative")
    assert "Reason of account KEY" in page.errors[0]
    page.field("text_input", "Why it is withdrawn").set_value("Declined")
    page.press("Withdraw the initiative")
    assert "is out of the forecast" in page.text and "No initiative is planned" in page.text


def test_relational_money_needs_a_cause(trading, champion, open_page):  # noqa: F811
    page = opened(trading, champion, open_page)
    page.field("number_input", "Money if it comes about (only with a cause)").set_value(1000.0)
    evidence = [w for w in page.at.text_input if w.label == "Evidence"][-1]
    evidence.set_value("Named in a tender")
    page.press("Keep the rating")
    assert "money needs a causal line and a probability" in page.errors[0]
    page.field("text_input", "How the account brings that money").set_value("One tender in four")
    chance = [w for w in page.at.number_input if w.label == "Chance that it comes about, %"][-1]
    chance.set_value(25.0)
    page.press("Keep the rating")
    assert page.tables["Relational value"][0]["Expected, EUR"] == "250"
