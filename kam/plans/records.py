"""Adding, changing and closing the records of plans and service: one set of rules for all kinds.

A change names only what somebody changed: fields that another person changed meanwhile stay as they are, and a
record that changed since it was seen is not overwritten (StaleWrite shows both).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.plans.kinds import CUSTOMER_MEASURES, KINDS, Field, Kind
from kam.store import Condition, Store, Transaction
from kam.value import MEASURES
from kam.words import _

LONGEST_LINE, LONGEST_TEXT = 500, 20_000
MOST_MONEY = Decimal("1e15")


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises BadInput."""
    if name not in KINDS:
        raise BadInput(
            _("{kind} is no kind of record: choose one of {kinds}.").format(kind=name, kinds=", ".join(KINDS)),
            reason="unknown_kind",
        )
    return KINDS[name]


def record(
    store: Store,
    name: str,
    parent_id: int | str,
    values: Mapping[str, Any],
    *,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Add a record of a kind to a plan or account; returns its id (None where op_id was done already).

    Raises BadInput for a field that is missing, unknown or out of range, NotFound for the plan or account, RuleBroken
    for a plan that is closed.
    """
    kind = kind_of(name)

    def change(tx: Transaction) -> int:
        return record_within(tx, kind.name, parent_id, values, as_of)

    return store.write(
        change,
        who=who,
        action=f"record {name}",
        subject=(kind.parent.removesuffix("_id"), str(parent_id)),
        op_id=op_id,
        details=dict(values),
    )


def record_within(tx: Transaction, name: str, parent_id: int | str, values: Mapping[str, Any], as_of: date) -> int:
    """As `record`, inside a transaction that writes down more with it."""
    kind = kind_of(name)
    _parent(tx, kind, parent_id)
    filled = {f.name: f.default for f in kind.fields} | dict(values)
    return insert(tx, kind, parent_id, checked(tx, kind, filled, parent_id), as_of)


def record_all(
    store: Store, plan_id: int, items: Sequence[tuple[str, Mapping[str, Any]]], *, as_of: date, who: Person
) -> list[int]:
    """Add several records (kind, values) to a plan, all or none; returns their ids in order. Raises as `record`.

    A link may be given as ("item", n): the record that the n-th of these items, from 0, becomes.
    """
    kinds = [kind_of(name) for name, _values in items]

    def change(tx: Transaction) -> list[int]:
        _parent(tx, KINDS["action"], plan_id)
        made: list[int] = []
        for kind, (_name, given) in zip(kinds, items, strict=True):
            filled = {f.name: f.default for f in kind.fields} | {
                n: made[v[1]] if isinstance(v, tuple) else v for n, v in given.items()
            }
            made.append(insert(tx, kind, plan_id, checked(tx, kind, filled, plan_id), as_of))
        tx.note(record_count=len(made))
        return made

    return store.write(change, who=who, action="record plan", subject=("plan", str(plan_id)))


def insert(
    tx: Transaction, kind: Kind, parent_id: int | str, values: Mapping[str, Any], as_of: date, **more: Any
) -> int:
    """Insert a checked record inside a transaction; returns its id."""
    number = tx.next_number(kind.table, kind.id_column)
    row = {kind.id_column: number, kind.parent: parent_id, **values, **more}
    tx.insert(kind.table, **row, recorded_on=as_of, recorded_by=tx.who.name)
    return number


def change(
    store: Store,
    name: str,
    record_id: int | str,
    values: Mapping[str, Any],
    *,
    as_of: date,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Change fields of a record, its state and outcome among them; a state that ends it needs an outcome.

    values: only what is changed. Raises as `record`, and StaleWrite where someone else changed it since.
    """
    kind = kind_of(name)

    def changing(tx: Transaction) -> None:
        standing = standing_record(tx, kind, record_id)
        _parent(tx, kind, standing[kind.parent])
        apply(tx, kind, standing, values, as_of=as_of, expected_version=expected_version)

    store.write(
        changing, who=who, action=f"change {name}", subject=(name, str(record_id)), op_id=op_id, details=dict(values)
    )


def apply(
    tx: Transaction,
    kind: Kind,
    standing: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    as_of: date,
    expected_version: int | None,
) -> None:
    """Check and write changes of a record inside a transaction."""
    extra = {n: v for n, v in values.items() if n in ("state", "outcome", "cause")}
    given = {n: v for n, v in values.items() if n not in extra}
    if unknown := given.keys() - {f.name for f in kind.fields}:
        raise BadInput(_("{kind} has no field {name}.").format(kind=kind.label, name=", ".join(sorted(unknown))))
    before = {f.name: standing[f.name] for f in kind.fields}
    after = checked(tx, kind, before | given, standing[kind.parent])
    closing = _state(kind, standing, extra, as_of)
    typed = {n: after[n] for n in given} | {n: v for n, v in closing.items() if n in extra}
    if not typed:
        raise BadInput(_("Nothing was changed: change a field, then save."), reason="unchanged")
    key = {kind.id_column: standing[kind.id_column]}
    tx.update(kind.table, key, typed, expected_version=expected_version)
    if "closed_on" in closing and closing["closed_on"] != standing["closed_on"]:
        tx.update(kind.table, key, {"closed_on": closing["closed_on"]})


def standing_record(tx: Transaction, kind: Kind, record_id: int | str) -> dict[str, Any]:
    """The record as it stands. Raises NotFound."""
    found = tx.one(kind.table, {kind.id_column: record_id})
    if found is None:
        raise NotFound(_("There is no {kind} {number}: reload the page.").format(kind=kind.label, number=record_id))
    return found


def checked(tx: Transaction, kind: Kind, values: Mapping[str, Any], parent_id: Any) -> dict[str, Any]:
    """The values of all fields, cleaned. Raises BadInput naming the field."""
    if unknown := values.keys() - {f.name for f in kind.fields}:
        raise BadInput(_("{kind} has no field {name}.").format(kind=kind.label, name=", ".join(sorted(unknown))))
    clean = {f.name: value_of(f, values.get(f.name)) for f in kind.fields}
    if kind.span and all(clean[name] is not None for name in kind.span):
        check_span(clean[kind.span[0]], clean[kind.span[1]], field=kind.span[1])
    for f in kind.fields:
        if f.kind == "link" and clean[f.name] is not None:
            _check_link(tx, f, clean[f.name], parent_id)
    if kind.name == "objective":
        clean |= _checked_objective(tx, clean, parent_id)
    return clean


def check_span(first: date, last: date, *, field: str) -> None:
    """Raise BadInput where the last day lies before the first."""
    if last < first:
        raise BadInput(
            _("The end, {last}, lies before the start, {first}: choose a later day.").format(
                first=units.day(first), last=units.day(last)
            ),
            reason="due_before_start",
            field=field,
        )


def value_of(field: Field, given: Any) -> Any:
    """One value, cleaned. Raises BadInput for what is missing, unknown, too long or out of range."""
    if isinstance(given, str):
        given = given.strip()
    if given is None or given == "":
        if field.is_required:
            raise BadInput(
                _("{label} is missing: fill it in.").format(label=field.label), reason="missing", field=field.name
            )
        return "" if field.kind in ("text", "long") else bool(field.default) if field.kind == "flag" else field.default
    if field.kind in ("text", "long"):
        most = LONGEST_LINE if field.kind == "text" else LONGEST_TEXT
        if len(str(given)) > most:
            raise BadInput(
                _("{label} is longer than {most} characters: shorten it.").format(label=field.label, most=most),
                reason="too_long",
                field=field.name,
            )
        return str(given)
    if field.kind == "choice" and given not in field.choices():
        raise BadInput(
            _("{given} is not known as {label}: choose one of {known}.").format(
                given=given, label=field.label, known=", ".join(field.choices())
            ),
            reason=f"unknown_{field.name}",
            field=field.name,
        )
    bounds = {"share": (0, 1), "scale": (1, 5), "money": (-MOST_MONEY, MOST_MONEY), "number": (-1e15, 1e15)}
    if field.kind in bounds:
        low, high = bounds[field.kind]
        if not low <= given <= high:
            raise BadInput(
                _("{label} is out of range: {given}.").format(label=field.label, given=given),
                reason="out_of_range",
                field=field.name,
            )
    if field.kind == "money":
        return Decimal(str(given)).quantize(Decimal("0.01"))
    return given


def _checked_objective(tx: Transaction, values: Mapping[str, Any], plan_id: int) -> dict[str, Any]:
    plan = tx.one("plans.plans", {"plan_id": plan_id})
    check_span(plan["begins_on"], values["due_on"], field="due_on")
    measure = MEASURES.get(values["measure_id"])
    if measure is None:
        return {}
    if values["is_shown"] and measure.measure_id not in CUSTOMER_MEASURES:
        raise RuleBroken(
            _("{measure} is not for the customer's eyes: measure the objective otherwise, or do not show it.").format(
                measure=measure.name
            ),
            reason="not_for_customer",
            field="is_shown",
        )
    return {"unit": measure.unit}


def _check_link(tx: Transaction, field: Field, linked: Any, plan_id: Any) -> None:
    if field.name == "initiative_id":
        _check_initiative(tx, linked, plan_id)
        return
    kind = KINDS[field.name.removesuffix("_id")]
    found = tx.one(kind.table, {kind.id_column: linked})
    if found is None or found["plan_id"] != plan_id:
        raise BadInput(
            _("There is no {kind} {number} in this plan: choose one of its own.").format(
                kind=kind.label, number=linked
            ),
            reason=f"unknown_{kind.name}",
            field=field.name,
        )


def _check_initiative(tx: Transaction, initiative_id: Any, plan_id: Any) -> None:
    """An initiative belongs to an account, not to a period: it has to be one of the plan's account."""
    plan = tx.one("plans.plans", {"plan_id": plan_id})
    own = [Condition("initiative_id", "=", initiative_id), Condition("account_id", "=", plan["account_id"])]
    if not len(tx.read("value.initiatives", where=own, limit=1)):
        raise BadInput(
            _("There is no initiative {number} of this account: choose one of its own.").format(number=initiative_id),
            reason="unknown_initiative",
            field="initiative_id",
        )


def _state(kind: Kind, standing: Mapping[str, Any], given: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The state, outcome and closing day after a change."""
    state = given.get("state", standing["state"])
    if state not in kind.states:
        raise BadInput(
            _("{state} is not a state here: choose one of {states}.").format(
                state=state, states=", ".join(kind.states)
            ),
            reason="unknown_state",
            field="state",
        )
    clean = dict(given)
    for name in ("outcome", "cause"):
        if name in given:
            clean[name] = (given[name] or "").strip()
    if state not in kind.closing:
        return clean | {"closed_on": None}
    if not clean.get("outcome", standing["outcome"]):
        raise BadInput(
            _("Say what came of it: the outcome is kept with the {kind}.").format(kind=kind.label),
            reason="empty_outcome",
            field="outcome",
        )
    if standing["state"] in kind.closing:
        return clean | {"closed_on": standing["closed_on"]}
    if as_of < standing["recorded_on"]:
        raise RuleBroken(
            _("This {kind} was recorded on {day}: close it on or after that day.").format(
                kind=kind.label, day=units.day(standing["recorded_on"])
            ),
            reason="before_recorded",
            field="state",
        )
    return clean | {"closed_on": as_of}


def _parent(tx: Transaction, kind: Kind, parent_id: Any) -> None:
    if kind.parent == "plan_id":
        plan = tx.one("plans.plans", {"plan_id": parent_id})
        if plan is None:
            raise NotFound(_("There is no plan {number}: reload the page.").format(number=parent_id))
        if plan["state"] == "closed":
            raise RuleBroken(
                _("This plan was closed on {day} and is frozen: continue it in a new period.").format(
                    day=units.day(plan["closed_on"])
                ),
                reason="plan_closed",
            )
        return
    check_account(tx, parent_id)


def check_account(tx: Transaction, account_id: str) -> None:
    """Raise NotFound for an account that is not in the ledger."""
    if tx.one("ledgers.accounts", {"account_id": account_id}) is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
