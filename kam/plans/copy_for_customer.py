"""The customer's copy of a plan: a printable page with the marked items only.

It is built from what may be shown, not by taking away what may not: titles, owners and dates of marked items, the
joint aim, and objectives in the customer's own buying. Nothing of profit, lifetime value, attitude or health is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from kam import units, value
from kam.errors import NotFound
from kam.plans.kinds import CUSTOMER_MEASURES
from kam.store import Condition, Store
from kam.words import _

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2.5rem auto;padding:0 1rem;color:#1B2529}"
    "h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}p{margin:.3rem 0}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem .35rem 0;"
    "border-bottom:1px solid #DDE3E6;vertical-align:top}th{font-weight:600}small{color:#5F6C72}"
    "@media print{body{margin:0}}"
)


@dataclass(frozen=True)
class CustomerItems:
    """What a customer may see of a plan. tables: (title, headings, rows of text), those without rows left out."""

    title: str
    period: str
    joint_aim: str
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]]


def customer_copy(store: Store, plan_id: int, as_of: date) -> str:
    """The HTML of the customer's copy on a day. Raises NotFound for an unknown plan."""
    shown = customer_items(store, plan_id, as_of)
    parts = [
        f"<p>{escape(shown.joint_aim)}</p>" if shown.joint_aim else "",
        *(_table(title, headings, rows) for title, headings, rows in shown.tables),
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(shown.title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(shown.title)}</h1><p><small>{escape(shown.period)}</small></p>"
        f"{''.join(parts)}</body></html>"
    )


def customer_items(store: Store, plan_id: int, as_of: date) -> CustomerItems:
    """The marked items of a plan on a day. Raises NotFound for an unknown plan."""
    among = [Condition("plan_id", "=", plan_id)]
    plan = store.one("plans.plans", where=among)
    if plan is None:
        raise NotFound(_("There is no plan {number}: reload the page.").format(number=plan_id))
    account = store.one("ledgers.accounts", where=[Condition("account_id", "=", plan["account_id"])]) or {}
    marked = [*among, Condition("is_shown", "=", True)]
    day = {"as_of": as_of}
    objectives = store.read(
        "plans.objective_list",
        day,
        columns=("objective", "measure_id", "unit", "target_value", "current_value", "current_on", "due_on"),
        where=marked,
        order_by=[("due_on", False), ("objective_id", False)],
    )
    actions = store.read(
        "plans.action_list",
        day,
        columns=("action", "owner", "due_on", "action_state", "progress_share", "is_milestone"),
        where=marked,
        order_by=[("due_on", False), ("action_id", False)],
    )
    items = store.read("plans.swot_list", day, columns=("item",), where=marked, order_by=[("swot_id", False)])
    risks = store.read(
        "plans.risk_list", day, columns=("risk", "mitigation"), where=marked, order_by=[("risk_id", False)]
    )
    promises = store.read(
        "plans.commitment_list",
        day,
        columns=("commitment", "owner", "due_on"),
        where=[
            Condition("account_id", "=", plan["account_id"]),
            Condition("is_shown", "=", True),
            Condition("is_open", "=", True),
        ],
        order_by=[("commitment_id", False)],
    )
    currency = store.setting("currency") or ""
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = [
        (
            _("Objectives"),
            (_("Objective"), _("Target"), _("Now"), _("By")),
            [_objective(row, currency) for row in objectives],
        ),
        (
            _("Actions and milestones"),
            (_("Action"), _("Who"), _("Due"), _("Progress")),
            [(row["action"], row["owner"], units.day(row["due_on"]), _progress(row)) for row in actions],
        ),
        (
            _("What we commit to"),
            (_("Commitment"), _("Who"), _("Due")),
            [(r["commitment"], r["owner"], units.day(r["due_on"]) if r["due_on"] else _("standing")) for r in promises],
        ),
        (_("What we build on"), (), [(row["item"],) for row in items]),
        (
            _("What could stand in the way"),
            (_("Risk"), _("What is done about it")),
            [(row["risk"], row["mitigation"]) for row in risks],
        ),
    ]
    title = _("Joint plan with {account}").format(account=account.get("name", plan["account_id"]))
    period = _("{begin} to {end}, as of {day}").format(
        begin=units.day(plan["begins_on"]), end=units.day(plan["ends_on"]), day=units.day(as_of)
    )
    return CustomerItems(title, period, plan["joint_aim"] or "", [table for table in tables if table[2]])


def _objective(row: dict[str, Any], currency: str) -> tuple[str, ...]:
    measure = value.MEASURES.get(row["measure_id"])
    may_say = measure is None or row["measure_id"] in CUSTOMER_MEASURES
    target, now = (
        units.shown(row[name], row["unit"], currency) if may_say else "" for name in ("target_value", "current_value")
    )
    return row["objective"], target, now, units.day(row["due_on"])


def _progress(row: dict[str, Any]) -> str:
    if row["action_state"] == "done":
        return _("done")
    if row["action_state"] == "dropped":
        return _("not pursued")
    return _("milestone") if row["is_milestone"] else units.share(row["progress_share"], decimals=0)


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = f"<tr>{''.join(f'<th>{escape(h)}</th>' for h in headings)}</tr>" if headings else ""
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h2>{escape(title)}</h2><table>{head}{body}</table>"
