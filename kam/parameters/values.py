"""Reading and adopting parameters. Defaults: data/parameters.toml; adopted values: decisions in the store."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kam.errors import BadInput, NotFound
from kam.store import Condition, Store, Transaction
from kam.store.writing import Actor
from kam.words import _

FILE = Path(__file__).resolve().parents[2] / "data" / "parameters.toml"


@dataclass(frozen=True)
class Parameter:
    """A threshold or rate on a day. value: in `unit`; None is unknown."""

    parameter_id: str
    value: float | None
    unit: str
    valid_from: date
    source: str
    is_adopted: bool


@dataclass(frozen=True)
class Default:
    """A parameter as shipped. value None: the workbench has no default, the programme has to decide."""

    parameter_id: str
    meaning: str
    value: float | None
    unit: str
    valid_from: date
    source: str
    lowest: float
    highest: float


@cache
def defaults() -> dict[str, Default]:
    """The shipped parameters by id, with what each means and the range it may take."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Default(
            parameter_id=name,
            meaning=entry["meaning"],
            value=float(entry["value"]) if "value" in entry else None,
            unit=entry["unit"],
            valid_from=entry["from"],
            source=entry["source"],
            lowest=float(entry.get("lowest", 0)),
            highest=float(entry.get("highest", math.inf)),
        )
        for name, entry in document.items()
    }


def sync_defaults(store: Store, *, who: Actor) -> None:
    """Put the shipped defaults into the store where they changed."""
    shipped = {(d.parameter_id, d.valid_from): d for d in defaults().values() if d.value is not None}
    held = {
        (row["parameter_id"], row["valid_from"]): (row["value"], row["unit"], row["source"])
        for row in store.read("parameters.default_values")
    }
    if held == {key: (d.value, d.unit, d.source) for key, d in shipped.items()}:
        return

    def change(tx: Transaction) -> None:
        for name, valid_from in held:
            tx.delete("parameters.default_values", {"parameter_id": name, "valid_from": valid_from})
        tx.insert_many(
            "parameters.default_values",
            ["parameter_id", "valid_from", "value", "unit", "source"],
            [(d.parameter_id, d.valid_from, d.value, d.unit, d.source) for d in shipped.values()],
        )

    store.write(change, who=who, action="ship defaults", subject=("parameters", "defaults"))


def all_at(store: Store, as_of: date) -> dict[str, Parameter]:
    """Every parameter that has a value on as_of."""
    found = store.read("parameters.effective", {"as_of": as_of}, order_by=[("parameter_id", False)])
    return {row["parameter_id"]: Parameter(**row) for row in found}


def value_at(store: Store, parameter_id: str, as_of: date) -> Parameter:
    """One parameter on a day; its value is None where nobody has decided yet.

    Raises NotFound for a name the workbench does not know.
    """
    if parameter_id not in defaults():
        raise NotFound(_("{name} is not a parameter of the workbench.").format(name=parameter_id))
    row = store.one("parameters.effective", {"as_of": as_of}, where=[Condition("parameter_id", "=", parameter_id)])
    if row:
        return Parameter(**row)
    shipped = defaults()[parameter_id]
    return Parameter(parameter_id, None, shipped.unit, shipped.valid_from, shipped.source, False)


@dataclass(frozen=True)
class ListedParameter:
    """A parameter on a day with what it means and the range it may take. value None: nobody has decided yet."""

    parameter_id: str
    meaning: str
    value: float | None
    unit: str
    valid_from: date
    source: str
    is_adopted: bool
    lowest: float
    highest: float


def listed(store: Store, as_of: date) -> list[ListedParameter]:
    """Every parameter the workbench knows, those without a value too, in the order of the shipped file."""
    held = all_at(store, as_of)
    found = []
    for name, shipped in defaults().items():
        now = held.get(name) or Parameter(name, None, shipped.unit, shipped.valid_from, shipped.source, False)
        found.append(
            ListedParameter(**vars(now), meaning=shipped.meaning, lowest=shipped.lowest, highest=shipped.highest)
        )
    return found


def typed_value(text: str) -> float | None:
    """What was typed as a value: a number, a share in per cent (`8.5 %`), or `unknown`. Raises BadInput otherwise."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if typed.casefold() in ("unknown", _("unknown")):
        return None
    is_percent = typed.endswith("%")
    try:
        number = float(typed.removesuffix("%"))
    except ValueError:
        raise BadInput(
            _("{text} is no number: write it with a decimal point, or write unknown.").format(
                text=typed or _("Nothing")
            ),
            reason="bad_number",
            field="value",
        ) from None
    # Rounded, or 7 % would become 0.07000000000000001.
    return round(number / 100, 12) if is_percent else number


def history(store: Store, parameter_id: str) -> list[dict]:
    """Every adoption of a parameter, newest first."""
    return store.read(
        "parameters.adopted_values",
        where=[Condition("parameter_id", "=", parameter_id)],
        order_by=[("adoption_id", True)],
    ).records()


def adoptions(store: Store) -> list[dict]:
    """Every adoption of any parameter, newest first."""
    return store.read("parameters.adopted_values", order_by=[("adoption_id", True)]).records()


def adopt(
    store: Store,
    parameter_id: str,
    value: float | None,
    *,
    valid_from: date,
    source: str,
    who: Actor,
    op_id: str | None = None,
) -> None:
    """Adopt a value from a date on. value None: unknown from then on.

    Raises NotFound for an unknown name, BadInput for a value out of its range or a missing source.
    """
    shipped = defaults().get(parameter_id)
    if shipped is None:
        raise NotFound(_("{name} is not a parameter of the workbench.").format(name=parameter_id))
    if value is not None and not (math.isfinite(value) and shipped.lowest <= value <= shipped.highest):
        raise BadInput(
            _("{name} must lie between {lowest:g} and {highest:g} {unit}; {value:g} does not.").format(
                name=parameter_id, lowest=shipped.lowest, highest=shipped.highest, unit=shipped.unit, value=value
            ),
            reason="out_of_range",
            field=parameter_id,
        )
    if not source.strip():
        raise BadInput(_("Say where the value of {name} comes from.").format(name=parameter_id), field="source")

    def change(tx: Transaction) -> None:
        tx.insert(
            "parameters.adopted_values",
            adoption_id=tx.next_number("parameters.adopted_values", "adoption_id"),
            parameter_id=parameter_id,
            valid_from=valid_from,
            value=value,
            unit=shipped.unit,
            source=source.strip(),
            adopted_by=who.name,
            adopted_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="adopt parameter",
        subject=("parameter", parameter_id),
        op_id=op_id,
        details={"value": value, "unit": shipped.unit, "valid_from": valid_from, "source": source},
    )
