"""The committee's way through a round: open, rated, compared, decided, closed; its decisions flow into the roadmap."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam import change, parameters, units
from kam.access import Person
from kam.benchmarking.record import Round, still_open
from kam.errors import BadInput, RuleBroken
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _

PHASES = ("open", "rated", "compared", "decided", "closed")
_MOST = 20_000


def phase_of(store: Store, held: Round) -> str:
    """Where a round stands: one of PHASES."""
    if held.state == "closed":
        return "closed"
    entered = {row["phase"] for row in phases(store, held)}
    return next((phase for phase in reversed(PHASES) if phase in entered), "open")


def phases(store: Store, held: Round) -> Rows:
    """The steps that the committee has taken in a round, in order, with their minutes."""
    return store.read(
        "benchmarking.round_phases", where=[Condition("round_id", "=", held.round_id)], order_by=[("entered_at", False)]
    )


def enter_phase(
    store: Store,
    year: int,
    phase: str,
    *,
    minutes: str,
    present: str = "",
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Take the next step of an open round: rated (no rating is changed from then on), compared, decided.

    Raises NotFound, RuleBroken out of turn, for too few raters (rated) or where nothing was decided (decided), before the
    round was opened; BadInput without minutes.
    """
    said = (minutes or "").strip()
    if not said:
        raise BadInput(
            _("Write the minutes: what was looked at and said, even in a line."), reason="missing", field="minutes"
        )
    if len(said) > _MOST or len(present) > _MOST:
        raise BadInput(
            _("The minutes are longer than {most} characters: shorten them.").format(most=_MOST), reason="too_long"
        )

    def entering(tx: Transaction) -> None:
        held = still_open(tx, year)
        if as_of < held["opened_on"]:
            raise RuleBroken(
                _("The round of {year} was opened on {day}: take its steps on or after that day.").format(
                    year=year, day=units.day(held["opened_on"])
                ),
                reason="before_opening",
            )
        entered = {r["phase"] for r in tx.read("benchmarking.round_phases", where=[_of(held)])}
        due = next((p for p in PHASES[1:4] if p not in entered), None)
        if phase != due:
            raise RuleBroken(
                _("The round of {year} has taken this step, or another comes first: reload the page.").format(
                    year=year
                ),
                reason="out_of_turn",
            )
        if phase == "rated":
            _check_raters(tx, held, as_of)
        if phase == "decided" and not decisions_in(tx, year):
            raise RuleBroken(
                _("Nothing has been decided yet: record at least one decision with its owner and day first."),
                reason="nothing_decided",
            )
        tx.insert(
            "benchmarking.round_phases",
            round_id=held["round_id"],
            phase=phase,
            present=present.strip(),
            minutes=said,
            entered_on=as_of,
            entered_by=who.name,
            entered_at=tx.now,
        )

    store.write(
        entering,
        who=who,
        action=f"round {phase}",
        subject=("benchmark", str(year)),
        op_id=op_id,
        details={"minutes": said, "present": present.strip()},
    )


def decide_in_round(
    store: Store,
    year: int,
    *,
    step: str,
    decision: str,
    owner: str,
    due_on: date,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record a decision of the committee with owner and day; it is a milestone of the roadmap from then on.

    Returns the milestone's id. Raises NotFound, RuleBroken for a closed round, and as change.plan_milestone.
    """

    def deciding(tx: Transaction) -> int:
        still_open(tx, year)
        planned = change.Milestone(step, decision, owner, due_on, starts_on=as_of, origin="round", origin_key=str(year))
        return change.insert_milestone(tx, planned, as_of)

    return store.write(
        deciding,
        who=who,
        action="decide in round",
        subject=("benchmark", str(year)),
        op_id=op_id,
        details={"decision": decision, "owner": owner, "due_on": due_on},
    )


def decisions_in(tx: Transaction, year: int) -> list[dict[str, Any]]:
    """The decisions of a round, inside a transaction."""
    where = [Condition("origin", "=", "round"), Condition("origin_key", "=", str(year))]
    return tx.read("change.milestones", where=where).records()


def check_decided(tx: Transaction, held: dict[str, Any], closed_on: date) -> None:
    """Raise RuleBroken where a round is closed before the committee has gone its way, or before its last step's day."""
    entered = {row["phase"]: row["entered_on"] for row in tx.read("benchmarking.round_phases", where=[_of(held)])}
    due = next((phase for phase in PHASES[1:4] if phase not in entered), None)
    if due is not None:
        missing = {
            "rated": _("its ratings were not taken as they are"),
            "compared": _("its comparison was not discussed"),
            "decided": _("its decisions were not taken"),
        }[due]
        raise RuleBroken(
            _("The round of {year} is closed once it was rated, compared and decided: {missing} yet.").format(
                year=held["year"], missing=missing
            ),
            reason="not_decided",
        )
    if closed_on < entered["decided"]:
        raise RuleBroken(
            _("The round of {year} was decided on {day}: close it on or after that day.").format(
                year=held["year"], day=units.day(entered["decided"])
            ),
            reason="before_decision",
            field="closed_on",
        )


def check_still_rating(tx: Transaction, held: dict[str, Any]) -> None:
    """Raise RuleBroken once the committee has taken the ratings as they are."""
    entered = tx.one("benchmarking.round_phases", {"round_id": held["round_id"], "phase": "rated"})
    if entered:
        raise RuleBroken(
            _("The ratings of {year} were taken as they are on {day}: the committee compares them now.").format(
                year=held["year"], day=units.day(entered["entered_on"])
            ),
            reason="rated_already",
        )


def _of(held: dict[str, Any]) -> Condition:
    return Condition("round_id", "=", held["round_id"])


def _check_raters(tx: Transaction, held: dict[str, Any], as_of: date) -> None:
    raters = {row["rater"] for row in tx.read("benchmarking.ratings", where=[_of(held)])}
    least = parameters.value_at(tx.store, "benchmarking.raters_at_least", as_of)
    if len(raters) < max(1, int(least.value or 1)):
        raise RuleBroken(
            _("{count} took part and {needed} are needed ({source}): ask for more ratings first.").format(
                count=len(raters), needed=max(1, int(least.value or 1)), source=least.source
            ),
            reason="too_few_raters",
        )
