"""The day that readings are made for."""

from datetime import date

import pytest

from kam import ledgers
from kam.errors import Refusal
from tests.drawn import given

TODAY = date(2026, 11, 20)


def draw(store, champion, *days):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    rows = "\n".join(f"{n} | A | {day} | 10.00" for n, day in enumerate(days))
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + rows)


def test_a_ledger_that_has_ended_is_read_on_its_last_day(store, champion):
    draw(store, champion, "2005-01-06", "2005-05-31")
    assert ledgers.default_as_of(store, TODAY) == date(2005, 5, 31)


@pytest.mark.parametrize("last", ["2026-11-20", "2026-11-21"])
def test_a_running_ledger_is_read_today(store, champion, last):
    draw(store, champion, last)
    assert ledgers.default_as_of(store, TODAY) == TODAY


def test_an_empty_ledger_offers_today_and_refuses_every_day(store):
    assert ledgers.default_as_of(store, TODAY) == TODAY
    with pytest.raises(Refusal, match="import accounts and order lines first") as refused:
        ledgers.check_as_of(store, TODAY)
    assert refused.value.reason == "empty_ledger"


def test_a_day_before_the_ledger_is_refused_and_its_first_day_is_not(store, champion):
    draw(store, champion, "2005-01-06")
    assert ledgers.check_as_of(store, date(2005, 1, 6)) == date(2005, 1, 6)
    with pytest.raises(Refusal, match="begins on 6 Jan 2005") as refused:
        ledgers.check_as_of(store, date(2005, 1, 5))
    assert refused.value.reason == "before_ledger"


def test_the_extent_follows_an_import(store, champion):
    assert ledgers.extent(store)["first_order_on"] is None
    draw(store, champion, "2005-01-06", "2005-05-31")
    assert ledgers.extent(store) == {
        "first_order_on": date(2005, 1, 6),
        "last_order_on": date(2005, 5, 31),
        "line_count": 2,
        "account_count": 1,
    }
