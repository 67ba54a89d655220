"""A slow, obvious second reading of a criteria file: one account, one gate, one score at a time."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from itertools import pairwise


def exact(value) -> Fraction | None:
    """A measure's value or a threshold without rounding: what a file or the store says in decimals."""
    if value is None:
        return None
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(str(value))


def verdict(text: str, measures: dict) -> tuple[str, list[str]]:
    """(verdict of all gates, verdict of each gate) for one row of value.account_measures."""
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
