"""The periods of an account's plan: opened, changed, closed with what it said and what was seen, continued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from kam import units, value
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.plans.kinds import KINDS, Field
from kam.plans.records import check_account, check_span, insert, value_of
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

PLAN_FIELDS = (
    Field("title", _("Title"), is_required=True),
    Field("begins_on", _("From"), "date", is_required=True),
    Field("ends_on", _("Until"), "date", is_required=True),
    Field("three_year_view", _("Where the account should stand in three years (ours alone)"), "long"),
    Field("joint_aim", _("What we want to reach together (stands in the customer's copy)"), "long"),
)
_ITEMS = ("objective", "swot", "action", "risk")
_TABLE = "plans.plans"


def open_plan(
    store: Store, account_id: str, values: Mapping[str, Any], *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Open a plan of an account for a period; returns its id (None where op_id was done already).

    Raises BadInput for a field (the period's end before its begin), NotFound, RuleBroken while another is open.
    """
    clean = _checked(values)

    def change(tx: Transaction) -> int:
        check_account(tx, account_id)
        _check_none_open(tx, account_id)
        return _insert(tx, account_id, clean, as_of)

    return store.write(
        change, who=who, action="open plan", subject=("account", account_id), op_id=op_id, details=dict(clean)
    )


def change_plan(
    store: Store,
    plan_id: int,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Change what an open plan says of itself. values: only what is changed. Raises as `open_plan`, and StaleWrite."""

    def change(tx: Transaction) -> None:
        plan = _open_plan(tx, plan_id)
        clean = _checked({f.name: plan[f.name] for f in PLAN_FIELDS} | dict(values))
        typed = {name: clean[name] for name in values}
        if not typed:
            raise BadInput(_("Nothing was changed: change a field, then save."), reason="unchanged")
        tx.update(_TABLE, {"plan_id": plan_id}, typed, expected_version=expected_version)

    store.write(
        change, who=who, action="change plan", subject=("plan", str(plan_id)), op_id=op_id, details=dict(values)
    )


def content(store: Store, plan_id: int, as_of: date) -> dict[str, Any]:
    """What a plan says on a day, as plain values: its fields, objectives with readings, SWOT, actions, risks, progress,
    and the account's measures. Raises NotFound."""
    among = [Condition("plan_id", "=", plan_id)]
    plan = store.one(_TABLE, where=among)
    if plan is None:
        raise NotFound(_("There is no plan {number}: reload the page.").format(number=plan_id))
    day = {"as_of": as_of}
    measured = [Condition("account_id", "=", plan["account_id"])]
    accounts = store.page("programme.account_list", day | {"level": "account"}, where=measured).records()
    seen = {
        "as_of": as_of,
        "plan": {f.name: plan[f.name] for f in PLAN_FIELDS} | {"account_id": plan["account_id"]},
        "measures": {name: accounts[0][name] for name in value.MEASURES} if accounts else {},
        "progress": store.one("plans.progress", day, where=among),
        "objectives": store.read("plans.objective_list", day, where=among).records(),
        "swot": store.read("plans.swot_list", day, where=among).records(),
        "actions": store.read("plans.action_list", day, where=among).records(),
        "risks": store.read("plans.risk_list", day, where=among).records(),
    }
    return json.loads(as_json(seen))


def close_plan(
    store: Store,
    plan_id: int,
    *,
    as_of: date,
    outcome: str,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Close a plan's period: what it says and the readings of the day are frozen with it.

    Raises BadInput for an empty outcome, NotFound, RuleBroken for a plan that is closed, StaleWrite.
    """
    outcome = outcome.strip()
    if not outcome:
        raise BadInput(
            _("Say what came of the period: the outcome is kept with the plan."),
            reason="empty_outcome",
            field="outcome",
        )
    kept = content(store, plan_id, as_of)

    def change(tx: Transaction) -> None:
        plan = _open_plan(tx, plan_id)
        if as_of < plan["recorded_on"]:
            raise RuleBroken(
                _("This plan was opened on {day}: close it on or after that day.").format(
                    day=units.day(plan["recorded_on"])
                ),
                reason="before_recorded",
            )
        tx.update(_TABLE, {"plan_id": plan_id}, {"outcome": outcome}, expected_version=expected_version)
        tx.update(_TABLE, {"plan_id": plan_id}, {"state": "closed", "closed_on": as_of, "kept": as_json(kept)})

    store.write(
        change,
        who=who,
        action="close plan",
        subject=("plan", str(plan_id)),
        op_id=op_id,
        details={"outcome": outcome, "closed_on": as_of},
    )


def continue_plan(
    store: Store, plan_id: int, values: Mapping[str, Any], *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Open the next period of a closed plan and take over what is open; returns the new plan's id.

    Objectives that would be due before the new period begins are due at its end. Raises RuleBroken where the plan is
    still open or was continued already, and as `open_plan`.
    """
    clean = _checked(values)

    def change(tx: Transaction) -> int:
        plan = tx.one(_TABLE, {"plan_id": plan_id})
        if plan is None:
            raise NotFound(_("There is no plan {number}: reload the page.").format(number=plan_id))
        if plan["state"] != "closed":
            raise RuleBroken(_("This plan is open: close its period first, then continue it."), reason="plan_open")
        if tx.one(_TABLE, {"continues_plan_id": plan_id}):
            raise RuleBroken(_("This plan was continued already."), reason="continued")
        _check_none_open(tx, plan["account_id"])
        number = _insert(tx, plan["account_id"], clean, as_of, continues_plan_id=plan_id)
        tx.note(carried=_carry(tx, plan_id, number, clean, as_of))
        return number

    return store.write(
        change, who=who, action="continue plan", subject=("plan", str(plan_id)), op_id=op_id, details=dict(clean)
    )


def _carry(tx: Transaction, plan_id: int, number: int, period: Mapping[str, Any], as_of: date) -> int:
    """Copy what is open into the new period, links included; returns how many records."""
    renamed: dict[str, dict[int, int]] = {name: {} for name in _ITEMS}
    for name in _ITEMS:
        kind = KINDS[name]
        rows = tx.read(
            kind.table, where=[Condition("plan_id", "=", plan_id)], order_by=[(kind.id_column, False)]
        ).records()
        for row in rows:
            if row["state"] in kind.closing:
                continue
            values = {f.name: row[f.name] for f in kind.fields}
            for linked in ("objective_id", "swot_id"):
                if values.get(linked) is not None:
                    values[linked] = renamed[linked.removesuffix("_id")].get(values[linked])
            if name == "objective" and values["due_on"] < period["begins_on"]:
                values["due_on"] = period["ends_on"]
            renamed[name][row[kind.id_column]] = insert(
                tx, kind, number, values, as_of, state=row["state"], carried_from_id=row[kind.id_column]
            )
    return sum(map(len, renamed.values()))


def _insert(tx: Transaction, account_id: str, values: Mapping[str, Any], as_of: date, **more: Any) -> int:
    number = tx.next_number(_TABLE, "plan_id")
    tx.insert(
        _TABLE, plan_id=number, account_id=account_id, **values, recorded_on=as_of, recorded_by=tx.who.name, **more
    )
    return number


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - {f.name for f in PLAN_FIELDS}:
        raise BadInput(_("A plan has no field {name}.").format(name=", ".join(sorted(unknown))))
    clean = {f.name: value_of(f, values.get(f.name)) for f in PLAN_FIELDS}
    check_span(clean["begins_on"], clean["ends_on"], field="ends_on")
    return clean


def _check_none_open(tx: Transaction, account_id: str) -> None:
    running = tx.one(_TABLE, {"account_id": account_id, "state": "open"})
    if running:
        raise RuleBroken(
            _("The plan {title} of this account is open: change it, or close its period first.").format(
                title=running["title"]
            ),
            reason="plan_open",
        )


def _open_plan(tx: Transaction, plan_id: int) -> dict[str, Any]:
    plan = tx.one(_TABLE, {"plan_id": plan_id})
    if plan is None:
        raise NotFound(_("There is no plan {number}: reload the page.").format(number=plan_id))
    if plan["state"] == "closed":
        raise RuleBroken(
            _("This plan was closed on {day} and is frozen: continue it in a new period.").format(
                day=units.day(plan["closed_on"])
            ),
            reason="plan_closed",
        )
    return plan
