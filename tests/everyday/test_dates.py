"""Dates to remember: once or every year, from people and from records; in a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kam import documents, everyday
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | customer_since
        A          | Alpha | 2020-01-10
        B          | Beta  | 2025-12-31
        C          | Gamma |
        """,
    )
    given(
        store,
        champion,
        "contracts",
        """
        contract_id | account_id | name   | start_date | end_date   | notice_days
        V1          | A          | Frame  | 2024-01-01 | 2026-01-30 | 30
        V2          | A          | Old    | 2024-01-01 | 2025-12-30 | 10
        V3          | A          | Coming | 2026-01-01 | 2026-12-31 | 10
        V4          | C          | Open   | 2024-01-01 |            |
        V5          | C          | Last   | 2024-01-01 | 2025-12-31 |
        """,
    )
    return store


def coming(store, as_of=AS_OF, **where):
    rows = store.read("everyday.coming_dates", {"as_of": as_of}, order_by=[("falls_on", False), ("source", False)])
    return [row for row in rows if all(row[k] == v for k, v in where.items())]


def remember(store, who, what="Open day", **changed):
    facts = {
        "kind": "customer_event", "falls_on": AS_OF, "is_yearly": False, "remind_days": 14, "as_of": AS_OF,
    } | changed  # fmt: skip
    return everyday.remember_date(store, facts.pop("account_id", "A"), what, who=who, **facts)


def test_records_bring_the_end_the_last_day_for_notice_and_the_day_since_when(ledger):
    assert [(r["account_id"], r["source"], r["falls_on"], everyday.date_told(r)) for r in coming(ledger)] == [
        ("C", "contract_end", date(2025, 12, 31), "Last ends"),
        ("A", "notice", date(2025, 12, 31), "Last day for notice of Frame"),
        ("A", "customer_since", date(2026, 1, 10), "Customer for 6 years"),
        ("A", "contract_end", date(2026, 1, 30), "Frame ends"),
    ]


@pytest.mark.parametrize(
    "first", [date(2024, 2, 29), date(2025, 2, 28), date(2024, 12, 31), date(2025, 1, 1), date(2030, 6, 1)]
)
@pytest.mark.parametrize(
    "as_of", [date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 28), date(2028, 2, 29)]
)
def test_the_next_occurrence_is_the_one_that_counting_days_finds(ledger, champion, first, as_of):
    remember(ledger, champion, falls_on=first, is_yearly=True, account_id="C")

    def falls(day):
        same = (day.month, day.day) == (first.month, first.day)
        is_leap = day.year % 4 == 0
        return day >= first and (
            same or ((first.month, first.day) == (2, 29) and not is_leap and (day.month, day.day) == (2, 28))
        )

    slow = as_of
    while not falls(slow):
        slow += timedelta(days=1)
    (row,) = coming(ledger, as_of=as_of, source="written")
    assert (row["falls_on"], row["years"], row["days_left"]) == (slow, slow.year - first.year, (slow - as_of).days)


def test_one_that_falls_once_is_gone_the_day_after(ledger, champion):
    remember(ledger, champion)
    assert len(coming(ledger, source="written")) == 1
    assert coming(ledger, as_of=AS_OF + timedelta(days=1), source="written") == []


@pytest.mark.parametrize(("days", "state"), [(14, "due"), (15, "ahead")])
def test_it_is_called_to_mind_from_its_own_days_on(ledger, champion, days, state):
    remember(ledger, champion, falls_on=AS_OF + timedelta(days=days))
    assert [r["date_state"] for r in coming(ledger, source="written")] == [state]


def test_it_is_not_known_before_it_was_written_down_nor_after_it_was_ended(ledger, champion):
    date_id = remember(ledger, champion, is_yearly=True)
    assert coming(ledger, as_of=AS_OF - timedelta(days=1), source="written") == []
    later = AS_OF + timedelta(days=10)
    with pytest.raises(StaleWrite):
        everyday.forget_date(ledger, date_id, as_of=later, expected_version=2, who=champion)
    everyday.forget_date(ledger, date_id, as_of=later, expected_version=1, who=champion)
    assert coming(ledger, as_of=later, source="written") == []
    assert len(coming(ledger, as_of=later - timedelta(days=1), source="written")) == 1
    with pytest.raises(RuleBroken, match="ended on 10 Jan 2026 already"):
        everyday.forget_date(ledger, date_id, as_of=later, expected_version=2, who=champion)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"what": " "}, "Say what is to be remembered"),
        ({"kind": "birthday party"}, "The kind must be one of"),
        ({"falls_on": None}, "Choose a day"),
        ({"falls_on": AS_OF - timedelta(days=1)}, "30 Dec 2025 is past"),
        ({"remind_days": -1}, "0 to 365 days before"),
        ({"remind_days": 366}, "0 to 365 days before"),
    ],
)
def test_bad_dates_are_refused_in_a_sentence(ledger, champion, changed, said):
    with pytest.raises(BadInput, match=said):
        remember(ledger, champion, **changed)
    with pytest.raises(NotFound):
        remember(ledger, champion, account_id="Z")
    assert ledger.read("everyday.dates").rows == []


def test_the_calendar_holds_each_with_its_reminder_and_yearly_ones_come_back(ledger, champion):
    remember(ledger, champion, "Open day; food, music", is_yearly=True, falls_on=date(2026, 3, 1), remind_days=7)
    text = documents.calendar(
        documents.date_entries(coming(ledger)), stamped_at=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    ).decode()
    assert text.count("BEGIN:VEVENT") == text.count("BEGIN:VALARM") == 5
    event = next(part for part in text.split("BEGIN:VEVENT") if "Open day" in part)
    assert "SUMMARY:Alpha: Open day\\; food\\, music\r\n" in event
    assert "DTSTART;VALUE=DATE:20260301\r\n" in event
    assert "RRULE:FREQ=YEARLY\r\n" in event
    assert "TRIGGER:-P7D\r\n" in event
    # A contract ends once, and the years of a customer are another number next year.
    assert text.count("RRULE") == 1
