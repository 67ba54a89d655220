"""A new account beside those that began as it does, on its summary."""

from __future__ import annotations

from tests.drawn import given
from tests.pages.ledgers import AS_OF

DAY = AS_OF.isoformat()


def drawn(store, who, peers):
    accounts = ["account_id | name | country", "N | New | DE", "O | Old | DE"]
    accounts += [f"P{n} | Peer {n} | DE" for n in range(peers)]
    lines = [
        "order_id | account_id | order_date | net_revenue",
        "O1 | O | 2020-01-01 | 1.00",
        "N1 | N | 2025-12-31 | 10.00",
    ]
    lines += [f"P{n} | P{n} | 2023-03-0{n + 1} | 10.00" for n in range(peers)]
    given(store, who, "accounts", "\n".join(accounts))
    given(store, who, "order_lines", "\n".join(lines))


def test_what_became_of_enough_of_them_is_said_and_listed(store, champion, open_page):
    drawn(store, champion, 5)
    page = open_page("account", as_of=DAY, account="N")
    assert "5 of 5 accounts that began as this one does have stopped buying" in page.text
    assert page.metrics["Their first 12 months, middle"] == "10\N{NO-BREAK SPACE}EUR"
    assert page.tables["Look-alikes"][0]["Alike in"] == "3 / 3"


def test_of_too_few_the_middle_is_unknown(store, champion, open_page):
    drawn(store, champion, 2)
    page = open_page("account", as_of=DAY, account="N")
    assert "2 accounts began as this one does: too few to say what to expect" in page.text
    assert page.metrics["Their first 12 months, middle"] == "–"


def test_without_any_it_says_so_and_who_is_not_new_is_left_alone(store, champion, open_page):
    drawn(store, champion, 0)
    assert "No account that began at least 12 months ago" in open_page("account", as_of=DAY, account="N").text
    assert "began as this one does" not in open_page("account", as_of=DAY, account="O").text
