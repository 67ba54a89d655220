"""Opportunities made in the workbench, their stages and since when; imported ones are facts and stay as imported.

Both stand in one reading, plans.opportunity_list. Their ids begin with W-, so that no import can touch them, and
undoing an import never loses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.plans.kinds import KINDS
from kam.plans.records import apply, check_account, checked, standing_record
from kam.plans.stages import StageSet, stages_in_force
from kam.store import Condition, Store, Transaction
from kam.words import _

_KIND = KINDS["opportunity"]


def make_opportunity(
    store: Store, account_id: str, values: Mapping[str, Any], *, as_of: date, who: Person, op_id: str | None = None
) -> str | None:
    """Make an opportunity of an account; returns its id (None where op_id was done already).

    Raises BadInput for a field or a stage that is not defined, NotFound for the account.
    """
    defined = stages_in_force(store, as_of)

    def change(tx: Transaction) -> str:
        check_account(tx, account_id)
        clean = checked(tx, _KIND, values, account_id)
        stage, state = _stage(defined, clean["stage"])
        if state != "open":
            raise BadInput(
                _("{stage} ends an opportunity: begin in an open stage.").format(stage=stage),
                reason="not_open",
                field="stage",
            )
        known = tx.read(_KIND.table, columns=("opportunity_id",)).column("opportunity_id")
        number = f"W-{1 + max((int(name[2:]) for name in known), default=0)}"
        tx.insert(
            _KIND.table,
            **clean | {"stage": stage},
            opportunity_id=number,
            account_id=account_id,
            recorded_on=as_of,
            recorded_by=tx.who.name,
        )
        _moved(tx, number, stage, as_of)
        return number

    return store.write(
        change,
        who=who,
        action="make opportunity",
        subject=("account", account_id),
        op_id=op_id,
        details=dict(values),
    )


def change_opportunity(
    store: Store,
    opportunity_id: str,
    values: Mapping[str, Any],
    *,
    as_of: date,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Change an opportunity made here; a new stage is dated as_of, a stage that ends it needs an `outcome`.

    values: only what is changed. Raises BadInput, NotFound, RuleBroken for a day before the present stage, StaleWrite.
    """
    defined = stages_in_force(store, as_of)

    def change(tx: Transaction) -> None:
        standing = standing_record(tx, _KIND, opportunity_id)
        given = dict(values)
        if "stage" in given:
            given["stage"], state = _stage(defined, given["stage"] or "")
            if defined is not None and state != standing["state"]:
                given["state"] = state
        apply(tx, _KIND, standing, given, as_of=as_of, expected_version=expected_version)
        if given.get("stage", standing["stage"]) != standing["stage"]:
            _check_day(tx, opportunity_id, as_of)
            _moved(tx, opportunity_id, given["stage"], as_of)

    store.write(
        change,
        who=who,
        action="change opportunity",
        subject=("opportunity", opportunity_id),
        op_id=op_id,
        details=dict(values),
    )


def take_stock(store: Store, as_of: date, *, who: Person, op_id: str | None = None) -> int | None:
    """Write down the stage in which each imported opportunity stands, where it is another than written down last.

    Imported facts say in which stage an opportunity is, not since when: ageing counts from these stock-takings.
    Returns how many stages were written.
    """

    def change(tx: Transaction) -> int:
        last: dict[str, tuple[date, str]] = {}
        for row in tx.read("plans.stage_changes", order_by=[("changed_on", False), ("recorded_at", False)]):
            last[row["opportunity_id"]] = (row["changed_on"], row["stage"])
        facts = tx.read("ledgers.opportunities", columns=("opportunity_id", "stage"))
        new = [
            (row["opportunity_id"], row["stage"])
            for row in facts
            if (before := last.get(row["opportunity_id"])) is None or (before[1] != row["stage"] and before[0] <= as_of)
        ]
        columns = ["opportunity_id", "stage", "changed_on", "recorded_by", "recorded_at"]
        return tx.insert_many("plans.stage_changes", columns, [(*pair, as_of, tx.who.name, tx.now) for pair in new])

    return store.write(change, who=who, action="take stock", subject=("opportunities", as_of.isoformat()), op_id=op_id)


def _stage(defined: StageSet | None, given: str) -> tuple[str, str]:
    """The stage's name and kind. Raises BadInput for one that the adopted set does not define."""
    if defined is None:
        return given, "open"
    found = next((s for s in defined.stages if given.strip().casefold() in s.also_called), None)
    if found is None:
        raise BadInput(
            _("{stage} is not a stage: choose one of {stages}.").format(
                stage=given, stages=", ".join(s.name for s in defined.stages)
            ),
            reason="unknown_stage",
            field="stage",
        )
    return found.name, found.kind


def _check_day(tx: Transaction, opportunity_id: str, as_of: date) -> None:
    before = tx.read(
        "plans.stage_changes",
        where=[Condition("opportunity_id", "=", opportunity_id), Condition("changed_on", ">", as_of)],
        order_by=[("changed_on", True)],
        limit=1,
    )
    for row in before:
        raise RuleBroken(
            _("It entered {stage} on {day}: date the next stage on or after that day.").format(
                stage=row["stage"], day=units.day(row["changed_on"])
            ),
            reason="before_stage",
            field="stage",
        )


def _moved(tx: Transaction, opportunity_id: str, stage: str, on: date) -> None:
    tx.insert(
        "plans.stage_changes",
        opportunity_id=opportunity_id,
        stage=stage,
        changed_on=on,
        recorded_by=tx.who.name,
        recorded_at=tx.now,
    )


def opportunity_of_cell(
    store: Store,
    group_id: str,
    cell: Mapping[str, Any],
    *,
    name: str,
    owner: str,
    expected_close_on: date | None,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Make a whitespace cell (a row of plans.whitespace) an opportunity in the first stage; returns its id.

    It belongs to the cell's account, to the top of the group for a unit that people added; its amount is the white
    potential, where that is known. Raises as `make_opportunity`, and RuleBroken before stages were adopted.
    """
    defined = stages_in_force(store, as_of)
    if defined is None:
        raise RuleBroken(
            _("No stages are defined on this day: adopt stage definitions first, on the tab Opportunities."),
            reason="no_stages",
        )
    values = {
        "name": name.strip() or f"{cell['category']}, {cell['unit_name']}",
        "stage": next(s.name for s in defined.stages if s.kind == "open"),
        "amount": cell["white_amount"],
        "owner": owner,
        "expected_close_on": expected_close_on,
        "category": cell["category"],
        "unit": cell["unit_name"],
    }
    account_id = cell["unit"] if cell["is_account"] else group_id
    return make_opportunity(store, account_id, values, as_of=as_of, who=who, op_id=op_id)
