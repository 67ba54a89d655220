"""The programme review: every key account in one row, and what needs a decision of the top team."""

from __future__ import annotations

from datetime import date

from kam import reviews
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

AS_OF = "2025-06-30"


def test_without_key_accounts_it_says_where_to_begin(store, champion, open_page):
    with_ledger(store, champion, "A")
    assert "There is no key account on this day." in open_page("programme_review", as_of=AS_OF).text


def test_an_account_off_track_without_a_sponsor_needs_two_decisions(store, champion, open_page):
    key_accounts(store, champion, "A", "B")
    given(
        store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\nR1 | A | 2025-05-31 | 900.00"
    )
    held = reviews.plan(store, "A", date(2025, 5, 1), who=champion)
    reviews.hold(store, held, held_on=date(2025, 5, 1), notes="", rating="off_track", expected_version=1, who=champion)
    page = open_page("programme_review", as_of=AS_OF)
    said = [(row["Account"], row["Decision"]) for row in page.tables["What needs a decision"]]
    assert ("A Ltd", "Decide what changes: rated off track on 1 May 2025") in said
    assert ("A Ltd", "Name one of our executives as its sponsor") in said
    assert ("B Ltd", "Name one of our executives as its sponsor") in said
    rows = {row["Account"]: row for row in page.tables["2 key accounts"]}
    assert rows["A Ltd"]["To decide"] == "2" and rows["B Ltd"]["To decide"] == "1"
    assert "2 key accounts need a decision of the top team, of 2 in the programme." in page.text
