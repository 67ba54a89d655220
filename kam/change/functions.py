"""Functions of ours and their readiness: what the programme asks of each, what it promised, what its records say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.access import Person
from kam.change.words import LONGEST_NAME, short, written
from kam.errors import BadInput
from kam.store import Store, Transaction
from kam.words import _

# Operations and supply chain stand first: they are trained first, because they keep most of what is promised.
FUNCTIONS = {
    "operations": _("Operations"),
    "supply_chain": _("Supply chain"),
    "sales": _("Sales"),
    "transport": _("Transport"),
    "product_development": _("Product development"),
    "production": _("Production"),
    "finance": _("Finance"),
    "service": _("Service"),
    "marketing": _("Marketing"),
    "legal": _("Legal"),
}
MOST_HOURS = 1_000_000.0


@dataclass(frozen=True)
class Statement:
    """What the programme asks of a function and what it promised. Hours a month; None: unknown.

    kpi_target, kpi_value: in the KPI's own unit; kpi_better: higher or lower.
    """

    function: str
    asked: str
    promised: str = ""
    promised_by: str = ""
    kpi: str = ""
    kpi_target: float | None = None
    kpi_value: float | None = None
    kpi_better: str = "higher"
    hours_needed: float | None = None
    hours_given: float | None = None


def state_function(
    store: Store, stated: Statement, *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Record what holds for a function from as_of on; earlier statements are kept. Returns the statement's id.

    Raises BadInput for an unknown function, nothing asked, a promise that nobody gave, a target or value without a KPI, or
    a number that is none.
    """
    values = _checked(stated)

    def change(tx: Transaction) -> int:
        number = tx.next_number("change.function_statements", "statement_id")
        tx.insert(
            "change.function_statements",
            statement_id=number,
            **values,
            stated_on=as_of,
            stated_by=who.name,
            stated_at=tx.now,
        )
        return number

    return store.write(
        change, who=who, action="state function", subject=("function", stated.function), op_id=op_id, details=values
    )


def function_readiness(store: Store, as_of: date) -> list[dict[str, Any]]:
    """Every function of FUNCTIONS, then others on record, each as a row of change.function_readiness with its `name`."""
    found = {row["function_id"]: row for row in store.read("change.function_readiness", {"as_of": as_of})}
    empty = dict.fromkeys(store.columns("change.function_readiness"))
    rows = [
        {**empty, **found.pop(function, {}), "function_id": function, "name": name}
        for function, name in FUNCTIONS.items()
    ]
    return rows + [{**row, "name": _other(code)} for code, row in sorted(found.items())]


def _other(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _checked(stated: Statement) -> dict[str, Any]:
    if stated.function not in FUNCTIONS:
        raise BadInput(_("Choose one of the functions."), reason="missing", field="function")
    if stated.kpi_better not in ("higher", "lower"):
        raise BadInput(_("A KPI is better when higher or when lower."), reason="bad_value", field="kpi_better")
    promised = short(stated.promised, "promised")
    promised_by = short(stated.promised_by, "promised_by", longest=LONGEST_NAME)
    if promised and not promised_by:
        raise BadInput(_("Say who promised it: a promise has a name."), reason="missing", field="promised_by")
    kpi = short(stated.kpi, "kpi", longest=500)
    if not kpi and (stated.kpi_target is not None or stated.kpi_value is not None):
        raise BadInput(_("Name the KPI that the target and value are of."), reason="missing", field="kpi")
    for name in ("hours_needed", "hours_given"):
        _check_hours(getattr(stated, name), name)
    return {
        "function": stated.function,
        "asked": written(stated.asked, _("Say what the programme asks of this function."), "asked"),
        "promised": promised,
        "promised_by": promised_by,
        "kpi": kpi,
        "kpi_target": _finite(stated.kpi_target, "kpi_target"),
        "kpi_value": _finite(stated.kpi_value, "kpi_value"),
        "kpi_better": stated.kpi_better,
        "hours_needed": stated.hours_needed,
        "hours_given": stated.hours_given,
    }


def _check_hours(hours: float | None, field: str) -> None:
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise BadInput(
            _("Hours a month are a number from 0 on; {given} is not.").format(given=hours),
            reason="out_of_range",
            field=field,
        )


def _finite(value: float | None, field: str) -> float | None:
    if value is not None and not math.isfinite(value):
        raise BadInput(_("{given} is not a number.").format(given=value), reason="bad_number", field=field)
    return value
