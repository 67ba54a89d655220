"""Time equations by loops: every volume that a term can name, counted order by order, and the minutes that follow."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kam import value
from tests.ledgers.boundary_ledger import CENT, Ledger, months_back
from tests.value.slow_value import Work, period_of, rate_of, stretch_of

COUNTED = ("lines", "rush_lines", "return_lines")
TERMS = {
    "orders": [
        ("count", "lines", None),
        ("count", "credit_notes", None),
        ("flag", "rush", None),
        ("flag", "return", None),
        ("product", "rush", "return"),
        *(("product", flag, count) for flag in ("rush", "return") for count in COUNTED),
        ("flag", "activity:activities-4", None),
    ],
    "lines": [("flag", "rush", None), ("flag", "return", None), ("count", "orders", None)],
    "activities": [("count", "return_lines", None), ("flag", "activity:unheard-of", None)],
}


@dataclass
class Order:
    """What an order of an account is, over its lines in the window."""

    lines: int = 0
    rush_lines: int = 0
    return_lines: int = 0
    purchased: list[date] = field(default_factory=list)
    returned: list[date] = field(default_factory=list)


def with_terms(model: value.CostModel, seed: int) -> value.CostModel:
    """The model with terms drawn for every activity whose driver may have some, and credit notes as a driver."""
    rng = random.Random(f"terms {seed}")
    activities = []
    for activity in model.activities:
        possible = TERMS.get(activity.driver, [])
        chosen = rng.sample(possible, k=min(len(possible), rng.randint(1, 7)))
        terms = tuple(
            value.Term(kind=kind, of=of, by=by, minutes=Decimal(rng.randint(0, 99999)).scaleb(-4), name="drawn")
            for kind, of, by in chosen
        )
        activities.append(activity.model_copy(update={"terms": terms}))
    written = activities[0].model_copy(update={"activity_code": "writing", "driver": "credit_notes", "terms": ()})
    return model.model_copy(update={"activities": (*activities, written)})


def volumes(model: value.CostModel, ledger: Ledger, work: list[Work], as_of: date) -> dict[tuple, Decimal]:
    """(account, stretch, what is counted) -> how much; a recorded activity as (unmeasured, measured) minutes apart."""
    start = months_back(as_of, 12)
    lines = [line for line in ledger.lines if start < line.order_date <= as_of]
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    orders: dict[tuple[str, str], Order] = defaultdict(Order)
    for line in lines:
        stretch = stretch_of(model, line.order_date, as_of)
        is_return = line.quantity < 0 or line.net_revenue < 0
        order = orders[line.account_id, line.order_id]
        order.lines += 1
        order.rush_lines += bool(line.is_rush)
        order.return_lines += is_return
        if line.net_revenue > 0:
            order.purchased.append(line.order_date)
        if is_return:
            order.returned.append(line.order_date)
        found[line.account_id, stretch, "lines"] += 1
        found[line.account_id, stretch, "rush_lines"] += bool(line.is_rush)
        found[line.account_id, stretch, "return_lines"] += is_return
    for (account, _number), order in orders.items():
        if not order.purchased:
            if order.returned:
                found[account, stretch_of(model, min(order.returned), as_of), "credit_notes"] += 1
            continue
        stretch = stretch_of(model, min(order.purchased), as_of)
        found[account, stretch, "orders"] += 1
        flags = {"rush": order.rush_lines > 0, "return": order.return_lines > 0}
        for flag, is_set in flags.items():
            found[account, stretch, flag] += is_set
            for count in COUNTED:
                found[account, stretch, f"{flag} {count}"] += is_set * getattr(order, count)
        found[account, stretch, "rush return"] += all(flags.values())
    for one in work:
        if start < one.occurred_on <= as_of:
            key = (one.account_id, stretch_of(model, one.occurred_on, as_of), f"activity:{one.activity_code}")
            found[key] += one.quantity
            found[(*key, "unmeasured")] += one.quantity if one.minutes is None else 0
            found[(*key, "measured")] += one.minutes or 0
    return found


def costs(model: value.CostModel, ledger: Ledger, work: list[Work], as_of: date) -> dict[tuple, Decimal | None]:
    """(account, activity code) -> cost; None where a part has no rate or falls below 0."""
    counted = volumes(model, ledger, work, as_of)
    found: dict[tuple, Decimal | None] = {}
    for account, stretch in sorted({key[:2] for key in counted}):
        for activity in model.activities:
            minutes = _minutes(activity, counted, account, stretch)
            if minutes is None:
                continue
            key, period = (account, activity.activity_code), period_of(model, activity.pool_id, stretch)
            is_negative = minutes < 0 and _term_minutes(activity, counted, account, stretch) != 0
            if period is None or is_negative or found.get(key, Decimal(0)) is None:
                found[key] = None
            else:
                cost = (minutes * rate_of(period)).quantize(CENT, ROUND_HALF_UP)
                found[key] = found.get(key, Decimal("0.00")) + cost
    return found


def _minutes(activity: value.Activity, counted: dict, account: str, stretch: date) -> Decimal | None:
    driver = activity.driver if activity.driver != "activities" else f"activity:{activity.activity_code}"
    quantity = counted.get((account, stretch, driver), Decimal(0))
    unmeasured, measured = quantity, Decimal(0)
    if activity.driver == "activities":
        unmeasured = counted.get((account, stretch, driver, "unmeasured"), Decimal(0))
        measured = counted.get((account, stretch, driver, "measured"), Decimal(0))
    if quantity == 0 and measured == 0:
        return None
    measured += sum(counted.get((account, stretch, term.of, "measured"), Decimal(0)) for term in activity.terms)
    terms = Decimal(0)
    if quantity:
        exact = Fraction(_term_minutes(activity, counted, account, stretch)) * Fraction(unmeasured) / Fraction(quantity)
        terms = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    base = (unmeasured * activity.unit_minutes).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return base + terms + measured


def _term_minutes(activity: value.Activity, counted: dict, account: str, stretch: date) -> Decimal:
    total = Decimal(0)
    for term in activity.terms:
        key = (account, stretch, _named(activity, term))
        total += term.minutes * counted.get((*key, "unmeasured"), counted.get(key, Decimal(0)))
    return total


def _named(activity: value.Activity, term: value.Term) -> str:
    if term.kind == "product":
        return f"{term.of} {term.by}"
    if term.kind == "flag" and activity.driver == "lines":
        return f"{term.of}_lines"
    return term.of
