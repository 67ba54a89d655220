"""Codes of the records in words, for files that nobody looks a code up in."""

from __future__ import annotations

from kam.words import _

_WORDS = {
    "overdue": _("overdue"),
    "due_soon": _("due soon"),
    "current": _("current"),
    "none": _("no cadence set"),
    "unassigned": _("unassigned"),
    "no_contact_yet": _("no visit yet"),
    "strategic": _("Strategic"),
    "star": _("Star"),
    "status": _("Status"),
    "streamline": _("Streamline"),
    "on_track": _("on track"),
    "at_risk": _("at risk"),
    "off_track": _("off track"),
    "in_hand": _("in hand"),
    "not_observed": _("not observed yet"),
    "broken": _("not kept"),
    "left_open": _("left open"),
    "carried": _("taken over"),
    "behind": _("behind its course"),
    "in_house": _("in-house"),
    "executive_contact": _("visit of our executive sponsor"),
    "contract_end": _("end of a contract"),
    "notice": _("last day for notice"),
    "plan_review": _("plan review"),
}


def told(code: str | None) -> str | None:
    """A code in words; None stays unknown."""
    return None if code is None else _WORDS.get(code, str(code).replace("_", " "))
