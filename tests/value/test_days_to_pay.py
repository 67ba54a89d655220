"""Days to pay: amount-weighted, directly by order or first in first out, against a queue that moves cent by cent."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

AS_OF = date(2025, 12, 31)
GROUPS = {"A": "G", "B": "G", "C": "C", "G": "G"}
# (account, order, day, amount) and (payment, account, day, amount, order)
Order = tuple[str, str, date, Decimal]
Payment = tuple[str, str, date, Decimal, str | None]


@pytest.fixture
def ledger(store, champion):
    """ledger(orders, payments) fills an empty ledger of the accounts A, B (both of group G) and C."""

    def fill(orders: Sequence[Order], payments: Sequence[Payment]) -> None:
        def change(tx):
            tx.insert_many(
                "ledgers.accounts",
                ("account_id", "name", "parent_account_id"),
                [("G", "G", None), ("A", "A", "G"), ("B", "B", "G"), ("C", "C", None)],
            )
            tx.insert_many(
                "ledgers.order_lines",
                ("order_id", "line_no", "account_id", "order_date", "quantity", "net_revenue", "currency", "original_net_revenue"),
                [(order, n, account, day, 1, amount, "EUR", amount) for n, (account, order, day, amount) in enumerate(orders)],
            )  # fmt: skip
            tx.insert_many(
                "ledgers.payments",
                ("payment_id", "account_id", "paid_on", "amount", "currency", "order_id"),
                [(payment, account, day, amount, "EUR", order) for payment, account, day, amount, order in payments],
            )

        store.write(change, who=champion, action="fill", subject=("test", "ledger"))

    return fill


def read(store, as_of: date = AS_OF, level: str = "account") -> dict[str, tuple]:
    rows = store.read("value.days_to_pay", {"as_of": as_of, "level": level})
    return {row["account_id"]: (row["days_to_pay"], row["paid_amount"], row["matched_amount"]) for row in rows}


def slow(orders: Sequence[Order], payments: Sequence[Payment], as_of: date, level: str) -> dict[str, tuple]:
    """The same by a queue: every settlement takes what it can from the oldest open debt."""
    since = date(as_of.year - 1, as_of.month, as_of.day)
    unit = {a: GROUPS[a] if level == "group" else a for a in GROUPS}
    order_of: dict[tuple[str, str], list] = {}
    for account, order, day, amount in orders:
        if day <= as_of:
            held = order_of.setdefault((unit[account], order), [day, Decimal(0)])
            held[0], held[1] = min(held[0], day), held[1] + amount
    matched: dict[str, list] = defaultdict(list)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    open_amount = {key: amount for key, (_day, amount) in order_of.items()}
    debts, settlements = defaultdict(list), defaultdict(list)
    for payment, account, day, amount, order in payments:
        if day > as_of or amount == 0:
            continue
        who = unit[account]
        if amount > 0 and day > since:
            paid[who] += amount
        if order is not None and (who, order) in order_of and order_of[who, order][1] > 0:
            open_amount[who, order] -= amount
            if amount > 0 and day > since:
                matched[who].append((amount, (day - order_of[who, order][0]).days))
        elif amount > 0:
            settlements[who].append((day, True, payment, amount))
        else:
            debts[who].append((day, False, payment, -amount))
    for (who, order), (day, amount) in order_of.items():
        if amount < 0:
            settlements[who].append((day, False, order, -amount))
        elif open_amount[who, order] > 0:
            debts[who].append((day, True, order, open_amount[who, order]))
    for who, paying in settlements.items():
        queue = deque(sorted(debts[who]))
        for day, is_payment, _id, amount_paid in sorted(paying):
            left = amount_paid
            while left > 0 and queue:
                since_day, is_order, reference, amount = queue.popleft()
                taken = min(left, amount)
                if is_payment and is_order and day > since:
                    matched[who].append((taken, (day - since_day).days))
                left -= taken
                if amount > taken:
                    queue.appendleft((since_day, is_order, reference, amount - taken))
    found = {}
    for who, total in paid.items():
        weight = sum((amount for amount, _days in matched[who]), Decimal(0))
        days = sum(amount * days for amount, days in matched[who]) / weight if weight else None
        found[who] = (None if days is None else float(days), total, weight)
    return found


def test_first_in_first_out_splits_a_payment_over_the_orders_it_settles(store, ledger):
    ledger(
        [("C", "1", date(2025, 3, 1), Decimal(100)), ("C", "2", date(2025, 4, 1), Decimal(300))],
        [("P1", "C", date(2025, 3, 31), Decimal(60), None), ("P2", "C", date(2025, 5, 1), Decimal(240), None)],
    )
    # 60 after 30 days; then 40 after 61 days and 200 after 30.
    assert read(store)["C"] == (pytest.approx((60 * 30 + 40 * 61 + 200 * 30) / 300), Decimal(300), Decimal(300))


def test_a_payment_that_names_its_order_is_matched_with_it_and_not_with_the_oldest(store, ledger):
    ledger(
        [("C", "1", date(2025, 3, 1), Decimal(100)), ("C", "2", date(2025, 4, 1), Decimal(100))],
        [("P1", "C", date(2025, 4, 11), Decimal(100), "2"), ("P2", "C", date(2025, 5, 1), Decimal(100), None)],
    )
    assert read(store)["C"][0] == pytest.approx((10 + 61) / 2)


def test_only_payments_of_the_last_twelve_months_count_and_none_after_the_day(store, ledger):
    ledger(
        [("C", "1", date(2024, 1, 1), Decimal(100)), ("C", "2", date(2025, 1, 1), Decimal(50))],
        [
            ("P1", "C", date(2024, 12, 31), Decimal(100), None),  # twelve months before the day: outside
            ("P2", "C", date(2025, 1, 1), Decimal(50), None),
            ("P3", "C", date(2026, 1, 1), Decimal(50), None),
        ],
    )
    assert read(store) == {"C": (0.0, Decimal(50), Decimal(50))}
    assert read(store, date(2024, 12, 31)) == {"C": (365.0, Decimal(100), Decimal(100))}


def test_what_is_paid_without_an_order_is_unknown_and_never_zero_days(store, ledger):
    ledger([("C", "1", date(2026, 1, 1), Decimal(10))], [("P1", "C", date(2025, 6, 1), Decimal(70), None)])
    assert read(store) == {"C": (None, Decimal(70), Decimal(0))}


def test_a_credit_note_settles_without_being_a_payment_and_a_refund_opens_no_order(store, ledger):
    ledger(
        [
            ("C", "1", date(2025, 1, 1), Decimal(100)),
            ("C", "2", date(2025, 1, 10), Decimal(-100)),
            ("C", "3", date(2025, 2, 1), Decimal(50)),
        ],
        [
            ("P1", "C", date(2025, 3, 3), Decimal(50), None),
            ("P2", "C", date(2025, 4, 1), Decimal(-20), None),
            ("P3", "C", date(2025, 5, 1), Decimal(20), None),
        ],
    )
    # The credit note takes order 1; P1 pays order 3 after 30 days; P3 pays back the refund.
    assert read(store)["C"] == (30.0, Decimal(70), Decimal(50))


def test_the_head_office_pays_for_its_members_at_group_level(store, ledger):
    ledger(
        [("A", "1", date(2025, 3, 1), Decimal(100)), ("B", "2", date(2025, 3, 11), Decimal(100))],
        [("P1", "G", date(2025, 3, 31), Decimal(200), None)],
    )
    assert read(store)["G"] == (None, Decimal(200), Decimal(0))
    assert read(store, level="group")["G"] == (25.0, Decimal(200), Decimal(200))


@pytest.mark.parametrize("seed", range(6))
def test_days_to_pay_agree_with_a_queue_on_ledgers_drawn_at_boundaries(store, ledger, seed):
    draw = random.Random(seed)
    days = [AS_OF - timedelta(days=n) for n in (-1, 0, 1, 30, 31, 60, 364, 365, 366, 400, 729, 730, 731)]
    sizes = [Decimal(x) for x in ("0.01", "10", "10", "20", "50", "99.99", "-10", "-0.01")]
    orders = [(draw.choice("ABC"), str(draw.randrange(25)), draw.choice(days), draw.choice(sizes)) for _n in range(60)]
    payments = [
        (f"P{n:02}", draw.choice("ABCG"), draw.choice(days), draw.choice(sizes), draw.choice([None, None, str(draw.randrange(30))]))
        for n in range(50)
    ]  # fmt: skip
    ledger(orders, payments)
    for as_of in (AS_OF, AS_OF - timedelta(days=30)):
        for level in ("account", "group"):
            theirs, ours = slow(orders, payments, as_of, level), read(store, as_of, level)
            assert ours.keys() == theirs.keys() and ours
            for unit, (expected, total, weight) in theirs.items():
                assert ours[unit][1:] == (total, weight)
                assert ours[unit][0] == (None if expected is None else pytest.approx(expected))
