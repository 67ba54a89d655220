"""How account managers are measured: proposed measures, and what a scheme that pays on something else does wrong.

A scheme is recorded as it is, with what was found: nobody mends a pay scheme by not being able to write it down.
Sources: Ryals, HBR 13 July 2012 (the right metrics: lifetime value and cost to serve, not revenue); KAM method, section 6.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.managers.record import LONGEST_NAME, manager_on_record, words
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

SCOPES = ("individual", "team")
MOST_MEASURES = 12
_RYALS = _("Ryals, How to succeed at key account management, HBR 13 July 2012 (recalled)")
_METHOD = _("KAM method of the workbench, sections 2.3 and 6")


@dataclass(frozen=True)
class ProposedMeasure:
    """A measure that account managers should be measured by. unit: as the pages show it."""

    measure_id: str
    name: str
    unit: str
    says: str


PROPOSED = (
    ProposedMeasure(
        "lifetime_value",
        _("Lifetime value"),
        "reporting currency",
        _("What the accounts held are expected to contribute from now on, all added up"),
    ),
    ProposedMeasure(
        "contribution_12m",
        _("Contribution after cost to serve, 12 months"),
        "reporting currency",
        _("Margin less what serving the accounts costs"),
    ),
    ProposedMeasure(
        "relationship_stage",
        _("Relationship stage, 0 to 5"),
        "stage",
        _("How far the relationships have come, by evidence"),
    ),
    ProposedMeasure("plan_progress", _("Plan progress"), "share", _("How much of the account plans is reached")),
)

# What schemes measure often, offered beside the proposed measures so that it is written down by one name.
COMMON = {
    "revenue": _("Revenue"),
    "order_intake": _("Order intake"),
    "visit_count": _("Number of visits"),
    "customer_time": _("Time with the customer"),
    "customer_satisfaction": _("Customer satisfaction"),
    "team_development": _("Development of the account team"),
}

# words of a measure's name → (finding, reason, source)
_FLAGGED = (
    (
        re.compile(r"visit|call[s_ ]|calls?$|meeting|contact[s_ ]?(count|number)|number of contacts", re.IGNORECASE),
        "pays_on_visits",
        _("visits and calls that are counted are made for the count: calendars fill, and outcomes do not"),
        _METHOD,
    ),
    (
        re.compile(
            r"time (spent )?(with|at)|hours (with|at)|customer[_ ]time|face[_ ]?time|days (with|at)", re.IGNORECASE
        ),
        "pays_on_time",
        _("time with the customer is a cost to serve: paying for it buys cost, not value"),
        _RYALS,
    ),
    (
        re.compile(r"revenue|turnover|sales|orders?\b|order[_ ]intake|bookings|volume|quota", re.IGNORECASE),
        "pays_on_revenue",
        _("revenue can be bought with discounts and service: lifetime value and cost to serve show what is left of it"),
        _RYALS,
    ),
)


@dataclass(frozen=True)
class SchemeMeasure:
    """A line of a scheme. measure: an id of PROPOSED, or what it is called; weight: 0..1; scope: individual or team."""

    measure: str
    weight: float
    scope: str


@dataclass(frozen=True)
class SchemeFinding:
    """What is wrong with a scheme. measure: the line it is about, None for the whole."""

    measure: str | None
    finding: str
    message: str
    source: str


@dataclass(frozen=True)
class Scheme:
    """A scheme on record with what was found when it was recorded. manager_id None: for all managers."""

    scheme_id: int
    name: str
    manager_id: str | None
    valid_from: date
    period_months: int
    measures: tuple[SchemeMeasure, ...]
    findings: tuple[SchemeFinding, ...]
    adopted_by: str


def measure_names() -> dict[str, str]:
    """The measures that a scheme may name, by id: the proposed ones first, then what is common."""
    return {measure.measure_id: measure.name for measure in PROPOSED} | COMMON


def measure_name(measure: str) -> str:
    """What a measure is called; one that somebody typed stands as typed."""
    return measure_names().get(measure, measure.replace("_", " "))


def findings_of(
    measures: Sequence[SchemeMeasure], period_months: int, months_at_least: parameters.Parameter
) -> list[SchemeFinding]:
    """What a scheme does wrong: what it pays on, over how long, and whether any of it is shared."""
    proposed = {measure.measure_id for measure in PROPOSED}
    found = []
    for line in measures:
        flagged = None if line.measure in proposed else next((f for f in _FLAGGED if f[0].search(line.measure)), None)
        if flagged:
            found.append(
                SchemeFinding(
                    line.measure,
                    flagged[1],
                    _("{measure}: {reason}.").format(measure=measure_name(line.measure), reason=flagged[2]),
                    flagged[3],
                )
            )
    least = months_at_least.value
    if least is not None and period_months < least:
        found.append(
            SchemeFinding(
                None,
                "too_short",
                _("Measured over {months} months: an account is built over years, at least {least} months.").format(
                    months=period_months, least=int(least)
                ),
                months_at_least.source,
            )
        )
    if all(line.scope == "individual" for line in measures):
        found.append(
            SchemeFinding(
                None,
                "nothing_shared",
                _("Nothing is measured as a team, and a key account is served by many functions."),
                _METHOD,
            )
        )
    return found


def adopt_scheme(
    store: Store,
    *,
    name: str,
    measures: Sequence[SchemeMeasure],
    period_months: int,
    valid_from: date,
    manager_id: str | None = None,
    who: Person,
    op_id: str | None = None,
) -> tuple[int, list[SchemeFinding]] | None:
    """Record a scheme with what is wrong with it; returns its id and the findings (None where op_id was done already).

    Raises BadInput for a missing name, no measure, a measure named twice, weights that do not make 1, or a period below a
    month; NotFound for an unknown manager.
    """
    name = words(name, _("Name the scheme."), "name", longest=LONGEST_NAME)
    checked = _checked(measures)
    if period_months is None or not 1 <= period_months <= 120:
        raise BadInput(
            _("The period is 1 to 120 months; {given} is not.").format(given=period_months),
            reason="out_of_range",
            field="period_months",
        )
    least = parameters.value_at(store, "managers.scheme_months_at_least", valid_from)
    found = findings_of(checked, period_months, least)

    def change(tx: Transaction) -> tuple[int, list[SchemeFinding]]:
        if manager_id is not None:
            manager_on_record(tx, manager_id)
        scheme_id = tx.next_number("managers.schemes", "scheme_id")
        tx.insert(
            "managers.schemes",
            scheme_id=scheme_id,
            name=name,
            manager_id=manager_id,
            valid_from=valid_from,
            period_months=period_months,
            findings=as_json([vars(finding) for finding in found]),
            adopted_by=who.name,
            adopted_at=tx.now,
        )
        for number, line in enumerate(checked, 1):
            tx.insert("managers.scheme_measures", scheme_id=scheme_id, measure_no=number, **vars(line))
        return scheme_id, found

    return store.write(
        change,
        who=who,
        action="adopt scheme",
        subject=("scheme", name),
        op_id=op_id,
        details={
            "manager_id": manager_id,
            "valid_from": valid_from,
            "period_months": period_months,
            "measures": [vars(line) for line in checked],
            "findings": [finding.finding for finding in found],
        },
    )


def schemes(store: Store, as_of: date, *, for_whom: Person) -> list[Scheme]:
    """Every scheme that began up to as_of, the latest first."""
    lines: dict[int, list[SchemeMeasure]] = {}
    for row in store.read("managers.scheme_measures", order_by=[("scheme_id", False), ("measure_no", False)]):
        lines.setdefault(row["scheme_id"], []).append(SchemeMeasure(row["measure"], row["weight"], row["scope"]))
    found = store.read(
        "managers.schemes",
        where=[Condition("valid_from", "<=", as_of)],
        order_by=[("valid_from", True), ("scheme_id", True)],
    )
    return [_scheme(row, lines.get(row["scheme_id"], [])) for row in found]


def scheme_of(store: Store, manager_id: str, as_of: date, *, for_whom: Person) -> Scheme | None:
    """The scheme that holds for a manager: the latest of their own, else the latest for all; None without."""
    held = schemes(store, as_of, for_whom=for_whom)
    own = [scheme for scheme in held if scheme.manager_id == manager_id]
    return next(iter(own or [scheme for scheme in held if scheme.manager_id is None]), None)


def _scheme(row: dict[str, Any], lines: Sequence[SchemeMeasure]) -> Scheme:
    return Scheme(
        row["scheme_id"],
        row["name"],
        row["manager_id"],
        row["valid_from"],
        row["period_months"],
        tuple(lines),
        tuple(SchemeFinding(**finding) for finding in json.loads(row["findings"])),
        row["adopted_by"],
    )


def _checked(measures: Sequence[SchemeMeasure]) -> list[SchemeMeasure]:
    if not measures or len(measures) > MOST_MEASURES:
        raise BadInput(
            _("A scheme measures by 1 to {most} things: name what is measured.").format(most=MOST_MEASURES),
            reason="missing",
            field="measures",
        )
    checked = []
    for line in measures:
        measure = words(line.measure, _("Name what each line measures."), "measures", longest=LONGEST_NAME)
        if line.scope not in SCOPES:
            raise BadInput(
                _("{scope} is not a scope: choose individual or team.").format(scope=line.scope), field="measures"
            )
        if line.weight is None or not 0 < line.weight <= 1:
            raise BadInput(
                _("The weight of {measure} lies above 0 and up to 1.").format(measure=measure),
                reason="out_of_range",
                field="measures",
            )
        checked.append(SchemeMeasure(measure, float(line.weight), line.scope))
    if len({(line.measure.casefold(), line.scope) for line in checked}) < len(checked):
        raise BadInput(_("A measure stands twice: keep one line of it."), reason="duplicate_key", field="measures")
    total = sum(line.weight for line in checked)
    if abs(total - 1) > 1e-6:
        raise BadInput(
            _("The weights make {total}, and they have to make 1.").format(total=f"{total:.2f}"),
            reason="out_of_range",
            field="measures",
        )
    return checked
