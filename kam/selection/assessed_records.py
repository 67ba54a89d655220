"""Assessments on record: what the ledger does not say, with evidence, assessor, date, and the day it goes stale.

Append-only: a later assessment replaces an earlier one, and both stay readable. Nothing is counted before the day it
was assessed nor after the day it goes stale.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kam import parameters, units
from kam.access import Person
from kam.errors import BadInput, NotFound
from kam.selection.assessed_measures import ASSESSED, BOUNDS, ENTERED, RELATIVE_STRENGTH
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _

LONGEST_TEXT = 2000
_STALE_AFTER = "selection.assessment_stale_after_months"
_TABLE = "selection.assessments"


@dataclass(frozen=True)
class Evidence:
    """What stands behind an assessed measure of an account on a day.

    state: known, stale, incomplete (a success factor lacks a score), later (the first assessment is dated after the
    day) or missing. value: in the measure's unit, None unless known. stated: what was assessed last, whether it counts
    or not.
    """

    measure: str
    state: Literal["known", "stale", "incomplete", "later", "missing"]
    value: float | None = None
    stated: float | None = None
    assessed_on: date | None = None
    stale_on: date | None = None
    assessor: str | None = None
    evidence: str | None = None

    @property
    def told(self) -> str:
        """Who, when and on what, or why it is unknown, as one sentence."""
        if self.state == "missing":
            return _("Never assessed.")
        if self.state == "later":
            return _("First assessed later, on {day}.").format(day=units.day(self.assessed_on))
        who = _("{name}, {day}: {evidence}").format(
            name=self.assessor, day=units.day(self.assessed_on), evidence=self.evidence
        )
        if self.state == "stale":
            return _("Stale after {day}. {who}").format(day=units.day(self.stale_on), who=who)
        if self.state == "incomplete":
            return _("A weighted success factor has no score. {who}").format(who=who)
        return who


def record_assessment(
    store: Store,
    account_id: str,
    measure: str,
    value: float,
    *,
    evidence: str,
    assessed_on: date,
    stale_on: date | None = None,
    assessor: str | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record a judgement; returns its id (None where op_id was done already).

    value: in the measure's unit (points 0..10, a share 0..1, money). stale_on: the last day it counts, by default as
    many months after assessed_on as the programme decided. assessor: who judged, by default `who`. Raises BadInput
    for a measure that is not entered, a value outside its range, no evidence, or a stale day that is not after the
    assessment; NotFound for an unknown account.
    """
    if measure not in ENTERED:
        raise BadInput(_not_entered(measure), reason="unknown_measure", field="measure")
    lowest, highest = BOUNDS[ASSESSED[measure].unit]
    if not lowest <= value <= highest:
        raise BadInput(
            _("{measure} lies between {lowest:g} and {highest:,.0f} ({unit}); {value:g} does not.").format(
                measure=ASSESSED[measure].name,
                lowest=lowest,
                highest=highest,
                unit=units.UNITS[ASSESSED[measure].unit],
                value=value,
            ),
            reason="out_of_range",
            field="value",
        )
    evidence = stated(evidence, _("Say what the assessment rests on: an assessment without evidence is an opinion."))
    stale_on = checked_stale_on(store, assessed_on, stale_on)
    assessor = stated(assessor or who.name, _("Say who made the assessment."), field="assessor")

    def change(tx: Transaction) -> int:
        check_account(tx, account_id)
        number = tx.next_number(_TABLE, "assessment_id")
        tx.insert(
            _TABLE,
            assessment_id=number,
            account_id=account_id,
            measure=measure,
            value=float(value),
            evidence=evidence,
            assessor=assessor,
            assessed_on=assessed_on,
            stale_on=stale_on,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="record assessment",
        subject=("account", account_id),
        op_id=op_id,
        details={"measure": measure, "value": value, "assessed_on": assessed_on, "stale_on": stale_on},
    )


def evidence_of(store: Store, account_id: str, as_of: date) -> list[Evidence]:
    """Every assessed measure of an account on a day, in the order of the catalogue; those never assessed too."""
    return list(evidence_on(store, as_of, [account_id], tuple(ASSESSED)).get(account_id, {}).values())


def evidence_on(
    store: Store, as_of: date, account_ids: Sequence[str] | None, measures: Sequence[str]
) -> dict[str, dict[str, Evidence]]:
    """Account → measure → what stands behind it on as_of. account_ids: None for all that were ever assessed.

    measures: those that are asked for; what is no assessed measure is left out.
    """
    wanted = [measure for measure in measures if measure in ASSESSED]
    if not wanted:
        return {}
    among = [] if account_ids is None else [Condition("account_id", "one_of", list(account_ids))]
    found: dict[str, dict[str, Evidence]] = {}
    for row in store.read("selection.assessment_states", {"as_of": as_of}, where=among):
        known = Evidence(**{name: row[name] for name in Evidence.__dataclass_fields__})
        found.setdefault(row["account_id"], {})[row["measure"]] = known
    for account_id, measure, day in _later(store, as_of, among):
        found.setdefault(account_id, {}).setdefault(measure, Evidence(measure, "later", assessed_on=day))
    return {
        account_id: {
            measure: found.get(account_id, {}).get(measure, Evidence(measure, "missing")) for measure in wanted
        }
        for account_id in (found if account_ids is None else account_ids)
    }


def assessments(store: Store, *, where: Sequence[Condition] = ()) -> Rows:
    """Every recorded assessment, latest first."""
    return store.read(_TABLE, where=where, order_by=[("assessed_on", True), ("assessment_id", True)])


def stale_day(store: Store, assessed_on: date) -> date:
    """The last day on which an assessment of assessed_on counts, unless it says otherwise itself."""
    months = parameters.value_at(store, _STALE_AFTER, assessed_on).value or 12
    counted = assessed_on.year * 12 + assessed_on.month - 1 + int(months)
    year, month = counted // 12, counted % 12 + 1
    return date(year, month, min(assessed_on.day, monthrange(year, month)[1]))


def checked_stale_on(store: Store, assessed_on: date, stale_on: date | None) -> date:
    """The day that was given, or the programme's; BadInput where it is not after the assessment."""
    stale_on = stale_on or stale_day(store, assessed_on)
    if stale_on <= assessed_on:
        raise BadInput(
            _("It would be stale on {stale}, not after the day of the assessment ({day}): name a later day.").format(
                stale=units.day(stale_on), day=units.day(assessed_on)
            ),
            reason="stale_before",
            field="stale_on",
        )
    return stale_on


def check_account(tx: Transaction, account_id: str) -> None:
    """Raise NotFound for an account that the master does not hold."""
    if tx.one("ledgers.accounts", {"account_id": account_id}) is None:
        raise NotFound(
            _("There is no account {account_id}: check the id.").format(account_id=account_id),
            reason="unknown_account",
            field="account_id",
        )


def stated(text: str, otherwise: str, *, field: str = "evidence") -> str:
    """The text without its margins; BadInput where nothing is left or it is too long."""
    text = text.strip()
    if not text:
        raise BadInput(otherwise, reason="missing", field=field)
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            _("This is longer than {most} characters: shorten it, and name the document.").format(most=LONGEST_TEXT),
            reason="too_long",
            field=field,
        )
    return text


def _later(store: Store, as_of: date, among: Sequence[Condition]) -> list[tuple[str, str, date]]:
    rows: list[tuple[str, str, date]] = []
    columns: dict[str, tuple[str, ...]] = {
        _TABLE: ("account_id", "measure", "assessed_on"),
        "selection.strength_assessments": ("account_id", "assessed_on"),
    }
    for table, names in columns.items():
        found: list[dict[str, Any]] = store.read(
            table,
            columns=names,
            where=[*among, Condition("assessed_on", ">", as_of)],
            order_by=[("assessed_on", False)],
        ).records()
        rows += [(r["account_id"], r.get("measure", RELATIVE_STRENGTH), r["assessed_on"]) for r in found]
    return rows


def _not_entered(measure: str) -> str:
    if measure == RELATIVE_STRENGTH:
        return _("Relative strength is worked out of the customer's success factors: record those.")
    return _("There is no assessed measure {measure}; those that are entered are {measures}.").format(
        measure=measure, measures=", ".join(ENTERED)
    )
