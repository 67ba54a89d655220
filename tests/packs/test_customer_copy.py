"""The customer's copy holds what is marked for the customer, and no profit, lifetime value, attitude or health."""

from __future__ import annotations

from datetime import date

import pytest

from kam import packs, plans
from kam.errors import NotFound
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.packs.test_files import Words, deck_words, sheets

DAY = date(2025, 6, 30)
NEVER = (
    "contribution",
    "profit",
    "lifetime",
    "margin",
    "attitude",
    "influence",
    "health",
    "cost to serve",
    "hostile",
    "P50",
)


@pytest.fixture
def planned(store, champion):
    """Key account A with orders, a hostile buyer, and a plan of which one action of two is marked for the customer."""
    key_accounts(store, champion, "A", "B")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nR1 | A | 2025-03-31 | 43210.00 | 12345.00",
    )
    given(
        store,
        champion,
        "contacts",
        "contact_id | account_id | name | influence | attitude\nC1 | A | Grim Buyer | 5 | -2",
    )
    day = {"as_of": date(2025, 2, 1), "who": champion}
    period = {"title": "Plan 2025", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    plan_id = plans.open_plan(store, "A", period, **day)
    for action, is_shown in (("Joint workshop in Leuna", True), ("Hold back the discount", False)):
        values = {"action": action, "owner": "Bo", "due_on": date(2025, 9, 1), "is_shown": is_shown}
        plans.record(store, "action", plan_id, values, **day)
    return store


def words_of(store, champion, kind: str) -> str:
    content = packs.pack_file(packs.customer_pack(store, "A", DAY, for_whom=champion), kind)
    if kind == "html":
        return " ".join(Words(content).texts)
    if kind == "xlsx":
        return " ".join(str(cell.value) for rows in sheets(content).values() for row in rows for cell in row)
    return " ".join(deck_words(content))


@pytest.mark.parametrize("kind", packs.FORMATS)
def test_no_profit_value_attitude_or_health_is_in_it(planned, champion, kind):
    words = words_of(planned, champion, kind)
    assert "Joint workshop in Leuna" in words
    assert "Hold back the discount" not in words and "Grim Buyer" not in words
    assert [word for word in NEVER if word.lower() in words.lower()] == []
    for number in ("43,210", "43.2 k", "30,865", "43210"):
        assert number not in words


def test_our_own_pack_does_hold_them(planned, champion):
    """The proof above looks for words that the pack of our own has."""
    words = " ".join(deck_words(packs.pack_file(packs.account_pack(planned, "A", DAY, for_whom=champion), "pptx")))
    assert [word for word in ("contribution", "lifetime", "attitude", "health") if word not in words.lower()] == []
    assert "43.2" in words and "Grim Buyer" in words and "Hold back the discount" in words


def test_without_a_plan_there_is_no_copy(planned, champion):
    with pytest.raises(NotFound, match="B Ltd has no open plan"):
        packs.customer_pack(planned, "B", DAY, for_whom=champion)
    with pytest.raises(NotFound, match="There is no account nobody"):
        packs.customer_pack(planned, "nobody", DAY, for_whom=champion)
