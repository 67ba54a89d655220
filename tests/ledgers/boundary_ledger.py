"""Ledgers drawn where windows go wrong, and the account facts computed the slow and obvious way.

Dates are drawn at and beside the two edges of every window, at month ends and around 29 February; orders
run over months, lines are returned, costs are missing, parents run in a circle.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from kam.ledgers import rollup
from kam.store import Store, Transaction

CENT = Decimal("0.01")
AS_OF_DAYS = (
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2024, 6, 30),
    date(2024, 6, 29),
    date(2024, 7, 1),
    date(2023, 12, 31),
    date(2024, 3, 15),
    date(2028, 2, 29),
)

_UNKNOWN_WITHOUT_LINES = (
    "revenue_12m",
    "prior_revenue_12m",
    "revenue_24m",
    "revenue_growth_12m",
    "positive_revenue_12m",
    "return_amount_12m",
    "return_share_12m",
    "list_revenue_12m",
    "cogs_12m",
    "uncosted_revenue_12m",
    "first_order_on",
    "last_order_on",
    "recency_days",
)


@dataclass(frozen=True)
class Line:
    """One order line as the ledger holds it."""

    order_id: str
    line_no: int
    account_id: str
    order_date: date
    product_id: str | None
    quantity: Decimal
    net_revenue: Decimal
    list_revenue: Decimal | None
    cogs: Decimal | None
    is_rush: bool | None


@dataclass
class Ledger:
    """A drawn ledger: parent by account, standard cost by product, lines."""

    parents: dict[str, str | None]
    costs: dict[str, Decimal | None]
    lines: list[Line]


def months_back(day: date, months: int) -> date:
    """The same day n months earlier, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def edge_days(as_of: date) -> list[date]:
    """Days at and beside every window edge, and the month ends and starts around them."""
    days = set()
    for edge in (as_of, months_back(as_of, 12), months_back(as_of, 24)):
        month_start = edge.replace(day=1)
        month_end = edge.replace(day=calendar.monthrange(edge.year, edge.month)[1])
        for around in (edge, month_start, month_end):
            days |= {around + timedelta(days=n) for n in (-1, 0, 1)}
    return sorted(days | {months_back(as_of, 6), months_back(as_of, 18), months_back(as_of, 40)})


def draw(seed: int, as_of: date) -> Ledger:
    """A ledger of a dozen accounts with its lines at the edges of the windows of as_of."""
    rng = random.Random(f"{seed} {as_of}")
    accounts = [f"A{n:02d}" for n in range(12)]
    parents: dict[str, str | None] = {a: rng.choice([None, None, *accounts]) for a in accounts}
    costs = {f"P{n}": rng.choice([None, Decimal(rng.randint(1, 99999)).scaleb(-4)]) for n in range(6)}
    days = edge_days(as_of)
    lines: list[Line] = []
    for number in range(rng.randint(20, 45)):
        account = rng.choice(accounts[:9])  # three accounts never buy
        order_day = rng.choice(days)
        for line_no in range(1, rng.randint(2, 4)):
            day = rng.choice(days) if rng.random() < 0.3 else order_day
            lines.append(
                Line(
                    order_id=f"O{rng.randint(1, 12) if rng.random() < 0.3 else number + 100}",
                    line_no=number * 10 + line_no,
                    account_id=account,
                    order_date=day,
                    product_id=rng.choice([*costs, None]),
                    quantity=Decimal(rng.randint(-20000, 90000)).scaleb(-4),
                    net_revenue=Decimal(rng.choice([0, rng.randint(-5000, 0), *[rng.randint(1, 99999)] * 4])).scaleb(
                        -2
                    ),
                    list_revenue=rng.choice([None, *[Decimal(rng.randint(1, 99999)).scaleb(-2)] * 3]),
                    cogs=rng.choice([None, *[Decimal(rng.randint(0, 9999)).scaleb(-2)] * 2]),
                    is_rush=rng.choice([None, False, True]),
                )
            )
    return Ledger(parents, costs, lines)


def fill(store: Store, who, ledger: Ledger, *, full: bool = True) -> None:
    """Put a drawn ledger into the store."""

    def change(tx: Transaction) -> None:
        tx.insert_many(
            "ledgers.accounts",
            ["account_id", "name", "parent_account_id"],
            [(a, f"Account {a}", parent) for a, parent in ledger.parents.items()],
        )
        tx.insert_many(
            "ledgers.products",
            ["product_id", "name", "standard_cost"],
            [(p, f"Product {p}", cost) for p, cost in ledger.costs.items()],
        )
        insert_lines(tx, ledger.lines)
        rollup.bring_up_to_date(tx, full=full)

    store.write(change, who=who, action="draw", subject=("test", "ledger"))


def insert_lines(tx: Transaction, lines: list[Line]) -> None:
    """Put lines into the ledger, without the roll-up."""
    columns = ["order_id", "line_no", "account_id", "order_date", "product_id", "quantity", "net_revenue"]
    columns += ["list_revenue", "cogs", "is_rush"]
    tx.insert_many(
        "ledgers.order_lines",
        [*columns, "currency", "original_net_revenue"],
        [(*(getattr(line, c) for c in columns), "EUR", line.net_revenue) for line in lines],
    )


def line_cost(line: Line, costs: dict[str, Decimal | None]) -> Decimal | None:
    """The product cost of a line, to the cent; None where nobody knows it."""
    if line.cogs is not None:
        return line.cogs
    standard = costs.get(line.product_id)
    return None if standard is None else (line.quantity * standard).quantize(CENT, ROUND_HALF_UP)


def group_of(account: str, parents: dict[str, str | None]) -> str:
    """The topmost account, walking up one parent at a time."""
    seen = [account]
    while True:
        parent = parents.get(seen[-1])
        if parent is None or parent not in parents:
            return seen[-1]
        if parent in seen:
            return min(seen[seen.index(parent) :])
        seen.append(parent)


def facts(ledger: Ledger, as_of: date, level: str) -> dict[str, dict]:
    """ledgers.account_facts by dict loops over all lines."""
    unit_of = {a: group_of(a, ledger.parents) if level == "group" else a for a in ledger.parents}
    return {unit: _facts_of(unit, unit_of, ledger, as_of) for unit in set(unit_of.values())}


def _facts_of(unit: str, unit_of: dict[str, str], ledger: Ledger, as_of: date) -> dict:
    known = [line for line in ledger.lines if unit_of[line.account_id] == unit and line.order_date <= as_of]
    start, earlier = months_back(as_of, 12), months_back(as_of, 24)
    window = [line for line in known if line.order_date > start]
    before = [line for line in known if earlier < line.order_date <= start]
    purchases = [line for line in window if line.net_revenue > 0]
    days = [line.order_date for line in known if line.net_revenue > 0]
    uncosted = [line for line in window if line_cost(line, ledger.costs) is None]
    counts = {
        "line_count_12m": len(window),
        "uncosted_line_count_12m": len(uncosted),
        "rush_line_count_12m": sum(1 for line in window if line.is_rush),
        "return_line_count_12m": sum(1 for line in window if line.quantity < 0 or line.net_revenue < 0),
        "orders_12m": len({(line.account_id, line.order_id) for line in purchases}),
        "active_months_12m": len({(line.order_date.year, line.order_date.month) for line in purchases}),
        "product_count_12m": len({line.product_id for line in purchases if line.product_id}),
        "order_days": len(set(days)),
        "line_count": len(known),
    }
    sums: dict[str, object] = dict.fromkeys(_UNKNOWN_WITHOUT_LINES)
    if known:
        revenue, prior = _sum(window), _sum(before)
        positive = _sum(purchases)
        returned = -_sum([line for line in window if line.net_revenue < 0])
        sums |= {
            "revenue_12m": revenue,
            "prior_revenue_12m": prior,
            "revenue_24m": revenue + prior,
            "revenue_growth_12m": float(revenue) / float(prior) - 1 if prior > 0 else None,
            "positive_revenue_12m": positive,
            "return_amount_12m": returned,
            "return_share_12m": float(returned) / float(positive) if positive > 0 else None,
            "list_revenue_12m": None
            if any(line.list_revenue is None for line in window)
            else sum((line.list_revenue for line in window), Decimal("0.00")),
            "cogs_12m": sum(
                (line_cost(line, ledger.costs) for line in window if line not in uncosted), Decimal("0.00")
            ),
            "uncosted_revenue_12m": _sum(uncosted),
        }
    if days:
        sums |= {"first_order_on": min(days), "last_order_on": max(days), "recency_days": (as_of - max(days)).days}
    return {"account_id": unit} | counts | sums


def _sum(lines: list[Line]) -> Decimal:
    return sum((line.net_revenue for line in lines), Decimal("0.00"))
