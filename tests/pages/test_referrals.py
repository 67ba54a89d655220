"""The page of referrals, and referrals on an account's page."""

from __future__ import annotations

import pytest

from kam import everyday, relationships
from tests.pages.ledgers import AS_OF, HOSTILE, admitted, company

DAY = AS_OF.isoformat()


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A")
    return store


def thanked(store, who, account_id="A", words="Thanked us for the rescue"):
    relationships.capture(store, account_id, kind="greeting", occurred_on=AS_OF, summary=words, who=who)


def test_without_a_moment_it_says_what_makes_one(ledger, open_page):
    page = open_page("referrals", as_of=DAY)
    assert page.metrics["Accounts to ask now"] == "0"
    assert page.metrics["Referral value"] == "–"
    assert "No account is at a moment to ask" in page.text
    assert "No referral is on record" in open_page("referrals", as_of=DAY, tab="Referrals").text


def test_moments_are_offered_the_latest_first_with_what_speaks_against(ledger, champion, open_page):
    thanked(ledger, champion)
    thanked(ledger, champion, "B", HOSTILE)
    everyday.ask_for_referral(
        ledger, "B", "thanks", asked_on=AS_OF, answer="declined", note="n", as_of=AS_OF, who=champion
    )
    page = open_page("referrals", as_of=DAY)
    rows = {row["Account"]: row for row in page.tables["Moments to ask"]}
    assert rows["Alpha"]["Moment"] == "thanks"
    assert [row["Not now, because"] for name, row in rows.items() if name != "Alpha"] == ["declined lately"]
    assert page.metrics["Accounts to ask now"] == "1"
    assert [row["Account"] for row in open_page("referrals", as_of=DAY, accounts="key").tables["Moments to ask"]] == [
        "Alpha"
    ]


def test_on_the_account_it_is_asked_given_won_and_valued(ledger, champion, open_page):
    thanked(ledger, champion)
    page = open_page("account", as_of=DAY, account="A", tab="Referrals")
    assert "A good moment to ask for a referral: after thanks" in page.text
    page.press("Write down the asking")
    assert page.errors == ["Write down who was asked and what was said."]
    page.field("text_input", "Who was asked, and what was said").set_value("Mara named a neighbour")
    page.press("Write down the asking")
    assert "Do not ask now: asked lately" in page.text

    page.press("Write down the referral")
    assert page.errors == ["Name the company that was referred to us."]
    page.field("text_input", "Company referred to us").set_value("Neighbour Ltd")
    page.press("Write down the referral")
    assert page.errors == []
    assert page.tables["Referrals"][0]["State"] == "open"

    page.field("selectbox", "Customer that was won").select("B").run()
    page.field("text_input", "How we know it").set_value("First order")
    page.press("Record the outcome")
    assert page.errors == ["Say whether the customer would have come anyway: the two are valued differently."]
    assert page.field("text_input", "How we know it").value == "First order"
    page.field("radio", "Would this customer have come anyway?").set_value(False)
    page.field("number_input", "Gross margin it brings, EUR").set_value(120.0)
    page.field("number_input", "Acquisition cost saved, EUR").set_value(30.0)
    page.press("Record the outcome")
    assert page.errors == []
    (row,) = page.tables["Referrals"]
    assert (row["State"], row["Credited, %"], row["Value, EUR"]) == ("won", "100", "150")

    values = open_page("referrals", as_of=DAY, tab="Value").tables["Referral value beside lifetime value"]
    assert [(v["Account"], v["Referral value, EUR"]) for v in values] == [("Alpha", "150")]
