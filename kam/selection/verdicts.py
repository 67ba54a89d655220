"""A verdict spelt out: every gate with value, threshold and distance, every score with its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from kam.selection.assessed_measures import ASSESSED
from kam.selection.assessed_records import Evidence
from kam.selection.criteria import CriteriaSet, Gate
from kam.selection.measures import CATALOGUE, NUMBERED, as_number, as_quantity
from kam.units import day, money, share, shown
from kam.words import _

Verdict = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True)
class GateVerdict:
    """One gate for one account. value: None where unknown. distance: how far the value lies inside the
    threshold, in the measure's unit (days for a date); negative where the gate fails. evidence: of an assessed measure,
    who said it, when and on what, or why it is unknown; None for a measure of the ledger."""

    measure: str
    bound: Literal["at_least", "at_most"]
    threshold: float | date
    value: Decimal | float | int | date | None
    verdict: Verdict
    distance: float | None
    unit: str
    source: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class ScoreSeen:
    """One score for one account. points: 0..10, None where the measure is unknown. evidence: as of a gate."""

    measure: str
    axis: str
    weight: float
    value: Decimal | float | int | date | None
    points: float | None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class AccountVerdict:
    """An account judged. attractiveness, strength: 0..10, None where a weighted score is unknown or the set
    scores nothing on the axis; the ranges then say what is possible. category: None where a range crosses a cut."""

    account_id: str
    name: str
    verdict: Verdict
    gates: tuple[GateVerdict, ...]
    scores: tuple[ScoreSeen, ...]
    attractiveness: float | None
    strength: float | None
    attractiveness_range: tuple[float, float] | None
    strength_range: tuple[float, float] | None
    category: str | None
    is_key_account: bool
    is_near_miss: bool


def account_verdict(
    criteria: CriteriaSet, row: Mapping[str, Any], evidence: Mapping[str, Mapping[str, Evidence]] | None = None
) -> AccountVerdict:
    """A row of `selection.verdicts` with its gates and scores spelt out.

    evidence: of `evidence_on` for the set's measures; an account that it does not name was never assessed.
    """
    of_account = (evidence or {}).get(row["account_id"], {})

    def behind(measure: str) -> Evidence | None:
        return of_account.get(measure, Evidence(measure, "missing")) if measure in ASSESSED else None

    attractiveness = _range(row, "attractiveness")
    strength = _range(row, "strength")
    points = row["points"] or [None] * len(criteria.scores)
    return AccountVerdict(
        account_id=row["account_id"],
        name=row["name"],
        verdict=row["verdict"],
        gates=tuple(_gate_verdict(gate, row, behind(gate.measure)) for gate in criteria.gates),
        scores=tuple(
            ScoreSeen(score.measure, score.axis, score.weight, row[score.measure], earned, behind(score.measure))
            for score, earned in zip(criteria.scores, points, strict=True)
        ),
        attractiveness=_exact(attractiveness),
        strength=_exact(strength),
        attractiveness_range=attractiveness,
        strength_range=strength,
        category=row["category"],
        is_key_account=row["is_key_account"],
        is_near_miss=row["is_near_miss"],
    )


def _gate_verdict(gate: Gate, row: Mapping[str, Any], evidence: Evidence | None) -> GateVerdict:
    bit = 1 << NUMBERED.index(gate.measure)
    value = row[gate.measure]
    distance = None
    if value is not None:
        above = as_number(value) - as_number(gate.threshold)
        distance = above if gate.bound == "at_least" else -above
    if row["unknown_mask"] & bit:
        verdict: Verdict = "unknown"
    elif row["fail_mask"] & bit and distance < 0:
        verdict = "fail"
    else:
        verdict = "pass"
    return GateVerdict(
        measure=gate.measure,
        bound=gate.bound,
        threshold=as_quantity(as_number(gate.threshold), gate.measure),
        value=value,
        verdict=verdict,
        distance=distance,
        unit=CATALOGUE[gate.measure].unit,
        source=gate.source,
        evidence=evidence,
    )


def _range(row: Mapping[str, Any], axis: str) -> tuple[float, float] | None:
    low, high = row[f"{axis}_low"], row[f"{axis}_high"]
    return None if low is None else (low, high)


def _exact(interval: tuple[float, float] | None) -> float | None:
    return interval[0] if interval is not None and interval[0] == interval[1] else None


def because(verdict: AccountVerdict, currency: str) -> tuple[str, ...]:
    """The clauses that keep an account out, ready for a sentence; empty where it passes.

    Where a gate fails, the unknown ones do not matter yet.
    """
    kept_out = [gate for gate in verdict.gates if gate.verdict == verdict.verdict != "pass"]
    return tuple(_clause(gate, currency) for gate in kept_out)


def _clause(gate: GateVerdict, currency: str) -> str:
    sentence = (
        _("{measure}: {value}, where at least {threshold} is needed")
        if gate.bound == "at_least"
        else _("{measure}: {value}, where at most {threshold} is allowed")
    )
    value, threshold = told_apart(gate, currency)
    if gate.value is None and gate.evidence is not None:
        value = _("unknown ({why})").format(why=_short(gate.evidence))
    return sentence.format(measure=CATALOGUE[gate.measure].name, value=value, threshold=threshold)


def _short(evidence: Evidence) -> str:
    """Why it is unknown, within another sentence."""
    if evidence.state == "stale":
        return _("the assessment of {day} is stale").format(day=day(evidence.assessed_on))
    if evidence.state == "incomplete":
        return _("a success factor has no score")
    return _("not assessed")


def told_apart(gate: GateVerdict, currency: str) -> tuple[str, str]:
    """(value, threshold) as text, with as many decimals as it takes to see that they differ.

    999.99 against 1,000 would both read 1,000 and contradict a failed gate.
    """
    if gate.value is None:
        return _("unknown"), shown(gate.threshold, gate.unit, currency)
    texts = shown(gate.value, gate.unit, currency), shown(gate.threshold, gate.unit, currency)
    drawn = {"reporting currency": partial(money, currency=currency), "share": share}.get(gate.unit)
    if drawn is None or gate.distance == 0:
        return texts
    for decimals in range(2, 10):
        if texts[0] != texts[1]:
            break
        texts = drawn(gate.value, decimals=decimals), drawn(gate.threshold, decimals=decimals)
    return texts


def distance_told(gate: GateVerdict, currency: str) -> str | None:
    """How far the value lies from the threshold, in words; None where it is unknown."""
    if gate.distance is None:
        return None
    if gate.distance == 0:
        return _("on the threshold")
    unit = "days" if gate.unit == "date" else gate.unit
    size = round(abs(gate.distance), 9)
    text = shown(size, unit, currency)
    if unit == "reporting currency" and size < 100:
        text = money(size, currency, decimals=2)
    if unit == "share" and size < 0.001:
        text = share(size, decimals=4)
    return (_("{distance} to spare") if gate.distance > 0 else _("{distance} short")).format(distance=text)


def gate_document(gate: GateVerdict) -> dict[str, Any]:
    """A gate verdict as JSON shows it: money as decimals with two places, dates, numbers, unknown as None; evidence
    of an assessed measure."""
    return {
        "measure": gate.measure,
        "value": plain(gate.value, gate.unit),
        "threshold": plain(gate.threshold, gate.unit),
        "verdict": gate.verdict,
        "bound": gate.bound,
        "distance": plain(gate.distance, gate.unit),
        "unit": gate.unit,
        "source": gate.source,
        **({} if gate.evidence is None else {"evidence": gate.evidence.told}),
    }


def plain(value: Any, unit: str) -> Any:
    """Money as Decimal with two places; anything else as it is, a date's distance in whole days."""
    if value is None or isinstance(value, date):
        return value
    if unit == "reporting currency":
        return Decimal(str(value)).quantize(Decimal("0.01"))
    return value
