"""Service over all accounts: what was promised and is kept, complaints, what was given in price and otherwise."""

from __future__ import annotations

from kam.store import Condition
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.imported_complaints import unowned_complaints
from kam.ui.service_tables import commitment_table, complaint_table, concession_table
from kam.units import day
from kam.words import _


def promise_figures(frame: Frame) -> None:
    """Are promises kept, which are overdue, and which complaints run beyond their clocks."""
    promised = frame.store.page("plans.commitment_list", {"as_of": frame.as_of}, where=_narrowed(frame)).records()
    complained = frame.store.page("plans.complaint_list", {"as_of": frame.as_of}, where=_narrowed(frame)).records()
    kept, broken = (sum(r[c] for r in promised) for c in ("kept_count_12m", "broken_count_12m"))
    running = [r for r in promised if r["is_open"]]
    late = [r for r in complained if r["complaint_state"] == "overdue"]
    on_day = _("as of {day}").format(day=day(frame.as_of))
    figures(
        {
            "label": _("Commitments kept"),
            "value": kept / (kept + broken) if kept + broken else None,
            "unit": "share",
            "period": _("{kept} of {seen} observations in 12 months").format(kept=kept, seen=kept + broken),
            "unknown_because": _("no commitment was observed in 12 months"),
            "rule": Rule(
                _("Observations that a commitment was kept ÷ all observations of 12 months; each has its evidence.")
            ),
            "key": "all-kept",
        },
        {
            "label": _("Commitments overdue"),
            "value": sum(r["commitment_state"] == "overdue" for r in promised),
            "unit": "count",
            "period": _("of {count} running").format(count=len(running)),
            "key": "all-overdue",
        },
        {
            "label": _("Open complaints"),
            "value": sum(r["is_open"] for r in complained),
            "unit": "count",
            "period": on_day,
            "key": "all-open",
        },
        {
            "label": _("Overdue complaints"),
            "value": len(late),
            "unit": "count",
            "period": _("{count} at our executive sponsors").format(
                count=sum(r["escalation_level"] == 3 for r in late)
            ),
            "key": "all-late",
        },
    )


def all_commitments(frame: Frame) -> None:
    """Every commitment."""
    commitment_table(frame, _narrowed(frame), with_account=True)


def all_complaints(frame: Frame) -> None:
    """Every complaint, and those that an import brought and nobody owns."""
    complaint_table(frame, _narrowed(frame), with_account=True)
    unowned_complaints(frame)


def all_concessions(frame: Frame) -> None:
    """What was given in price beside what was given otherwise, over all accounts."""
    rows = frame.store.page(
        "plans.concession_list",
        {"as_of": frame.as_of},
        where=[Condition("is_running", "=", True), *frame.narrowing_by_account()],
    ).records()
    money = {"unit": "reporting currency", "currency": frame.currency, "period": _("a year, of what runs")}
    because = {"unknown_because": _("the cost of one is unknown")}
    figures(
        *(
            {"label": label, "value": _cost(rows, kind), "key": f"all-{kind}", **money, **because}
            for kind, label in (("price", _("Given in price")), ("non_price", _("Given otherwise")))
        )
    )
    concession_table(frame, frame.narrowing_by_account(), with_account=True)


def _cost(rows: list[dict], kind: str):
    costs = [r["cost_amount"] for r in rows if r["kind"] == kind]
    return None if None in costs else sum(costs)


def _narrowed(frame: Frame) -> list[Condition]:
    return frame.narrowing()
