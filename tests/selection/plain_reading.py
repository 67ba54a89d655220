"""A slow, obvious second reading of a criteria file: one account, one gate, one score at a time."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kam import selection


def exact(value) -> Fraction | None:
    """A measure's value or a threshold without rounding: what a file or the store says in decimals."""
    if value is None:
        return None
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(str(value))


def assessed(store, account_id: str, as_of: date) -> dict:
    """The assessed measures of one account, from the records one by one: the latest up to the day, if not stale."""
    found = {name: None for name in selection.ASSESSED}
    records = sorted(
        (r for r in store.read("selection.assessments") if r["account_id"] == account_id and r["assessed_on"] <= as_of),
        key=lambda r: (r["assessed_on"], r["assessment_id"]),
    )
    for record in records:
        found[record["measure"]] = record["value"] if record["stale_on"] >= as_of else None
    sittings = sorted(
        (
            r
            for r in store.read("selection.strength_assessments")
            if r["account_id"] == account_id and r["assessed_on"] <= as_of
        ),
        key=lambda r: (r["assessed_on"], r["strength_id"]),
    )
    if sittings and sittings[-1]["stale_on"] >= as_of:
        factors = [
            f for f in store.read("selection.success_factors") if f["strength_id"] == sittings[-1]["strength_id"]
        ]
        found["relative_strength"] = strength(factors)
    return found


def strength(factors: list[dict]) -> float | None:
    """5 + (own − competitor) / 2 with the customer's weights, nine decimals each; unknown where a weighted score is."""
    total = sum(exact(f["customer_weight"]) for f in factors)
    sides = []
    for side in ("own_score", "competitor_score"):
        score = Fraction(0)
        for factor in factors:
            if factor["customer_weight"] > 0:
                if factor[side] is None:
                    return None
                score += exact(factor["customer_weight"]) / total * exact(factor[side])
        sides.append(round(score, 9))
    return float(round(min(max(5 + (sides[0] - sides[1]) / 2, Fraction(0)), Fraction(10)), 9))


def verdict(text: str, measures: dict) -> tuple[str, list[str]]:
    """(verdict of all gates, verdict of each gate) for one account's measures."""
    each = []
    for gate in tomllib.loads(text)["gate"]:
        value = exact(measures[gate["measure"]])
        if value is None:
            each.append("unknown")
        elif "at_least" in gate:
            each.append("pass" if value >= exact(gate["at_least"]) else "fail")
        else:
            each.append("pass" if value <= exact(gate["at_most"]) else "fail")
    together = "fail" if "fail" in each else "unknown" if "unknown" in each else "pass"
    return together, each


def points(anchors, value) -> Fraction:
    """Points of one value: level outside the anchors, on the line between two of them otherwise."""
    anchors = [(exact(x), exact(y)) for x, y in anchors]
    if value <= anchors[0][0]:
        return anchors[0][1]
    for (x0, y0), (x1, y1) in pairwise(anchors):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return anchors[-1][1]


def axis_range(text: str, axis: str, measures: dict) -> tuple[float, float] | None:
    """(lowest, highest) score on an axis; an unknown measure earns anything from 0 to 10."""
    low = high = Fraction(0)
    scores = [score for score in tomllib.loads(text).get("score", []) if score["axis"] == axis]
    for score in scores:
        value = exact(measures[score["measure"]])
        earned = (0, 10) if value is None else (points(score["anchors"], value),) * 2
        low += exact(score["weight"]) * earned[0]
        high += exact(score["weight"]) * earned[1]
    return (float(low), float(high)) if scores else None


def category(attractiveness, strength, cut=5.0) -> str | None:
    """The cell of the portfolio matrix; None where it is not certain. A score on the cut is in the higher cell."""
    if attractiveness is None or strength is None:
        return None
    sides = []
    for low, high in (attractiveness, strength):
        if low < cut <= high:
            return None
        sides.append(low >= cut)
    return {(True, True): "strategic", (True, False): "star", (False, True): "status"}.get(tuple(sides), "streamline")
