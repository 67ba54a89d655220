"""How one account stands against the gates and scores of a criteria set."""

from __future__ import annotations

from collections.abc import Sequence

from kam import selection
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.states import State, state
from kam.ui.tables import record_table
from kam.words import _


def verdict_table(frame: Frame, verdict: selection.AccountVerdict) -> None:
    """The verdict of an account with every gate: value, threshold, distance, source."""
    facts(
        [
            ("", state(verdict.verdict)),
            ("", State(_("near miss"), "soon") if verdict.is_near_miss else None),
            ("", state(verdict.category) if verdict.category else None),
            (_("Attractiveness"), points_told(verdict.attractiveness_range)),
            (_("Strength"), points_told(verdict.strength_range)),
        ]
    )
    record_table(
        [_gate(frame, gate) for gate in verdict.gates],
        [
            Column("name", _("Gate")),
            Column("verdict", _("Verdict"), "status"),
            Column("value", _("This account")),
            Column("threshold", _("Must be")),
            Column("distance", _("Distance")),
            *_behind(verdict.gates),
            Column("source", _("Source")),
        ],
        key="gates",
        title=_("Gates"),
        empty=_("The criteria hold no gate."),
        currency=frame.currency,
    )


def score_table(frame: Frame, verdict: selection.AccountVerdict) -> None:
    """The scores of an account: value, points against the anchors, weight."""
    axes = {"attractiveness": _("Attractiveness"), "strength": _("Strength")}
    record_table(
        [
            {
                "name": selection.MEASURES[score.measure].name,
                "axis": axes[score.axis],
                "value": score.value,
                "unit": selection.MEASURES[score.measure].unit,
                "points": score.points,
                "weight": score.weight,
                "evidence": score.evidence.told if score.evidence else None,
            }
            for score in verdict.scores
        ],
        [
            Column("axis", _("Axis")),
            Column("name", _("Score")),
            Column("value", _("This account"), unit_by="unit"),
            Column("points", _("Points of 10"), "points", decimals=1),
            Column("weight", _("Weight"), "number", decimals=2),
            *_behind(verdict.scores),
        ],
        key="scores",
        title=_("Scores"),
        empty=_("The criteria score nothing."),
        currency=frame.currency,
    )


def points_told(interval: tuple[float, float] | None) -> str | None:
    """A score of 0 to 10 as text: one figure, or the range that unknown measures leave."""
    if interval is None:
        return None
    low, high = interval
    return f"{low:.1f}" if low == high else _("{low:.1f} to {high:.1f}").format(low=low, high=high)


def bound_told(bound: str, threshold: str) -> str:
    """at least 250,000 EUR"""
    return (_("at least {threshold}") if bound == "at_least" else _("at most {threshold}")).format(threshold=threshold)


def _gate(frame: Frame, gate: selection.GateVerdict) -> dict:
    value, threshold = selection.told_apart(gate, frame.currency)
    return {
        "name": selection.MEASURES[gate.measure].name,
        "value": value,
        "threshold": bound_told(gate.bound, threshold),
        "distance": selection.distance_told(gate, frame.currency),
        "verdict": gate.verdict,
        "source": gate.source,
        "evidence": gate.evidence.told if gate.evidence else None,
    }


def _behind(seen: Sequence[selection.GateVerdict | selection.ScoreSeen]) -> list[Column]:
    """Who said it, when and on what, or why it is unknown; only where something is assessed."""
    return [Column("evidence", _("Evidence"))] if any(one.evidence for one in seen) else []
