"""What the annual report of the programme holds: a round with last year's, its decisions, practices and the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import change
from kam.access import Person
from kam.benchmarking.committee import phases
from kam.benchmarking.course import Results, results, year_before
from kam.benchmarking.record import Round, held_round
from kam.store import Condition, Store


@dataclass(frozen=True)
class AnnualReport:
    """A round for its report. as_of: of the figures, the closing day of a closed round.

    decisions: rows of change.milestone_list; roster: admissions and releases of the 12 months up to as_of; steps: where
    the seven steps stood on as_of by today's records; practices: rows of benchmarking.practice_list.
    """

    held: Round
    found: Results
    before: Results | None
    minutes: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    practices: list[dict[str, Any]]
    roster: list[dict[str, Any]]
    steps: tuple[change.StepState, ...]
    as_of: date
    currency: str


def annual_report(store: Store, year: int, as_of: date, *, for_whom: Person) -> AnnualReport:
    """The report of a year's round, of the closing day where it is closed. Raises NotFound."""
    held = held_round(store, year)
    found = results(store, year, as_of, for_whom=for_whom)
    day = found.as_of
    decided = [Condition("origin", "=", "round"), Condition("origin_key", "=", str(year))]
    roster = store.read(
        "programme.roster_decisions",
        columns=("account_id", "decision", "decided_on", "reason"),
        where=[Condition("decided_on", "<=", day), Condition("decided_on", ">", _year_ago(day))],
        order_by=[("decided_on", False), ("account_id", False)],
    ).records()
    names = dict(
        store.read(
            "ledgers.accounts",
            columns=("account_id", "name"),
            where=[Condition("account_id", "one_of", [row["account_id"] for row in roster])],
        ).rows
    )
    return AnnualReport(
        held=held,
        found=found,
        before=year_before(store, year, for_whom=for_whom),
        minutes=phases(store, held).records(),
        decisions=store.read(
            "change.milestone_list", {"as_of": day}, where=decided, order_by=[("due_on", False)]
        ).records(),
        practices=store.read("benchmarking.practice_list", {"as_of": day}, order_by=[("practice_id", False)]).records(),
        roster=[row | {"name": names.get(row["account_id"], row["account_id"])} for row in roster],
        steps=change.step_states(store, day),
        as_of=day,
        currency=store.setting("currency") or "",
    )


def _year_ago(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
