"""Time equations: minutes of an event = base + Σ coefficient × count, flag, or product of two (METHOD 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from kam.words import _

if TYPE_CHECKING:
    from kam.value.cost_model import Activity, Term

ACTIVITY = "activity:"
# What an equation may name, and what it is called.
COUNTS = {
    "orders": _("orders"),
    "lines": _("order lines"),
    "rush_lines": _("rush lines"),
    "return_lines": _("return and credit lines"),
    "credit_notes": _("credit notes"),
}
FLAGS = {"rush": _("rush"), "return": _("with a return")}
VARIABLES = COUNTS | FLAGS
KINDS = {
    "count": _("for each"),
    "flag": _("where"),
    "product": _("of a product of two"),
}
# Counts of one order, which bound each other: an order has a line, a rush order a rush line.
_OF_AN_ORDER = ("lines", "rush_lines", "return_lines")
# volume: how its unit is called, in the order of value.order_volumes.
_FLAGGED = {
    "credit_notes": _("credit notes"),
    "rush_orders": _("rush orders"),
    "return_orders": _("orders with a return"),
    "rush_return_orders": _("rush orders with a return"),
    "rush_orders_lines": _("lines of rush orders"),
    "rush_orders_rush_lines": _("rush lines of orders"),
    "rush_orders_return_lines": _("return lines of rush orders"),
    "return_orders_lines": _("lines of orders with a return"),
    "return_orders_rush_lines": _("rush lines of orders with a return"),
    "return_orders_return_lines": _("return lines of orders with a return"),
}


def volume_of(driver: str, term: Term) -> str | None:
    """The volume that counts a term over all events of a driver; None where the facts cannot tell it.

    A count names a volume of the ledger or recorded activities (activity:CODE), a flag the events that have it, a
    product the sum over orders of its two factors, one of which is a flag.
    """
    if term.kind != "product" and term.of.startswith(ACTIVITY) and len(term.of) > len(ACTIVITY):
        return term.of
    if term.kind == "count":
        return term.of if term.of in COUNTS and term.of != driver else None
    if term.kind == "flag":
        if term.of not in FLAGS or driver not in ("orders", "lines"):
            return None
        return f"{term.of}_{driver}"
    if driver != "orders" or term.of == term.by:
        return None
    if {term.of, term.by} == set(FLAGS):
        return "rush_return_orders"
    for flag, count in ((term.of, term.by), (term.by, term.of)):
        if flag in FLAGS and count in _OF_AN_ORDER:
            return f"{flag}_orders_{count}"
    return None


def told_volume(volume: str) -> str:
    """What a unit of a volume is called; a recorded activity by its code."""
    return _FLAGGED.get(volume) or COUNTS.get(volume) or volume.removeprefix(ACTIVITY)


def minutes_of(activity: Activity, event: Mapping[str, Decimal | int]) -> Decimal:
    """Minutes of one event: base + Σ coefficient × value of the term; what the event does not name is 0."""
    total = activity.unit_minutes
    for term in activity.terms:
        worth = Decimal(event.get(term.of, 0))
        total += term.minutes * (worth if term.by is None else worth * Decimal(event.get(term.by, 0)))
    return total


def lowest_minutes(activity: Activity) -> Decimal | None:
    """The least that the equation gives over all events that can be; None where it falls without end.

    Between its corners the equation is linear in its counts, so corners and the directions away from them suffice.
    """
    lowest = None
    for corner, directions in _corners(activity):
        here = minutes_of(activity, corner)
        for direction in directions:
            moved = {name: corner.get(name, 0) + direction.get(name, 0) for name in corner | direction}
            if minutes_of(activity, moved) < here:
                return None
        lowest = here if lowest is None else min(lowest, here)
    return lowest


def _corners(activity: Activity) -> Iterator[tuple[dict[str, int], list[dict[str, int]]]]:
    """(an event with the smallest counts for each setting of the flags, the ways its counts may grow)."""
    recorded = {term.of for term in activity.terms if term.of.startswith(ACTIVITY)}
    flags = sorted(
        {term.of for term in activity.terms if term.kind == "flag"}
        | ({"rush", "return"} if activity.driver == "orders" else set())
    )
    counted = {term.of for term in activity.terms if term.kind == "count"}
    for setting in product((0, 1), repeat=len(flags)):
        corner = dict(zip(flags, setting, strict=True))
        free = counted & (recorded | set(COUNTS)) - set(flags)
        directions = []
        if activity.driver == "orders":
            rush, back = corner["rush"], corner["return"]
            corner |= {"lines": 1, "rush_lines": rush, "return_lines": back}
            directions = [
                {"lines": 1, "rush_lines": more_rush, "return_lines": more_back}
                for more_rush in range(rush + 1)
                for more_back in range(back + 1)
            ]
            free -= set(_OF_AN_ORDER)
        yield corner, directions + [{name: 1} for name in sorted(free)]
