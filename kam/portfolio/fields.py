"""Fields of accounts that people define, with a type; filled by hand or from a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.portfolio.tags import name_of
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

FIELD_KINDS = {
    "text": _("Text"),
    "number": _("Number"),
    "date": _("Date"),
    "choice": _("Choice"),
    "yes_no": _("Yes or no"),
}
COLUMNS = ("account_id", "field", "value")
BY_HAND = "by hand"
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_MOST_LINES = 200_000


def define_field(
    store: Store,
    field: str,
    kind: str,
    *,
    choices: Sequence[str] = (),
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Define a field; returns its name (None where op_id was done already). choices: of a field of kind choice.

    Raises BadInput for an empty name, an unknown kind, a choice with fewer than two choices; RuleBroken for a name that
    is taken.
    """
    field = name_of(field, _("Name the field."), field="field")
    rules.one_of(kind, FIELD_KINDS, _("The type"), field="kind")
    offered = list(dict.fromkeys(c.strip() for c in choices if c.strip()))
    if kind == "choice" and len(offered) < 2:
        raise BadInput(_("A choice needs at least two values to choose from."), reason="missing", field="choices")

    def change(tx: Transaction) -> str:
        taken = [name for name in tx.read("portfolio.fields").column("field") if name.casefold() == field.casefold()]
        if taken:
            raise RuleBroken(
                _("There is a field {field} already: use it, or choose another name.").format(field=taken[0]),
                reason="exists",
                field="field",
            )
        tx.insert(
            "portfolio.fields",
            field=field,
            kind=kind,
            choices=offered if kind == "choice" else [],
            made_on=as_of,
            made_by=who.name,
            made_at=tx.now,
        )
        return field

    return store.write(
        change,
        who=who,
        action="define field",
        subject=("field", field),
        op_id=op_id,
        details={"kind": kind, "choices": offered, "as_of": as_of},
    )


def set_value(
    store: Store, account_id: str, field: str, value: str, *, as_of: date, who: Person, op_id: str | None = None
) -> None:
    """Fill a field of an account by hand; empty text empties it. Raises as `import_values`, without lines."""

    def change(tx: Transaction) -> None:
        rules.account_name(tx, account_id)
        _insert(tx, [(account_id, field, _read(_fields(tx), field, value))], source=BY_HAND, as_of=as_of)

    store.write(
        change,
        who=who,
        action="fill field",
        subject=("account", account_id),
        op_id=op_id,
        details={"field": field, "value": value, "as_of": as_of},
    )


def import_values(
    store: Store, text: str, *, file_name: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Fill fields from a CSV file with the columns account_id, field and value; returns how many values changed.

    The file is taken whole or not at all; a value that stands already is left. Raises BadInput that names the line for a
    column that is missing, a value that is not of its field's type or not among its choices; NotFound for an unknown
    account or field. None where op_id was done already.
    """
    rows = _lines(text)

    def change(tx: Transaction) -> int:
        known, fields = set(tx.read("ledgers.accounts", columns=("account_id",)).column("account_id")), _fields(tx)
        wanted: dict[tuple[str, str], str | None] = {}
        for line, account_id, field, value in rows:
            if account_id not in known:
                raise NotFound(
                    _("Line {line}: there is no account {account_id}; import the account first.").format(
                        line=line, account_id=account_id or _("(empty)")
                    ),
                    reason="unknown_account",
                    line=line,
                    column="account_id",
                )
            wanted[account_id, field] = _read(fields, field, value, line=line)
        held = {
            (row["account_id"], row["field"]): row["value"]
            for row in tx.read("portfolio.custom_values", arguments={"as_of": as_of})
        }
        changed = [(*key, value) for key, value in wanted.items() if held.get(key) != value]
        _insert(tx, changed, source=file_name, as_of=as_of)
        tx.note(changed=len(changed))
        return len(changed)

    return store.write(
        change,
        who=who,
        action="import fields",
        subject=("file", file_name),
        op_id=op_id,
        details={"lines": len(rows), "as_of": as_of},
    )


def _lines(text: str) -> list[tuple[int, str, str, str]]:
    """(line, account_id, field, value) of a CSV text; comma or semicolon."""
    first = text.lstrip("\ufeff").splitlines()[:1]
    delimiter = ";" if first and first[0].count(";") > first[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    headings = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    if missing := [name for name in COLUMNS if name not in headings]:
        raise BadInput(
            _("The file needs the columns {columns} in its first line; {missing} is not there.").format(
                columns=", ".join(COLUMNS), missing=", ".join(missing)
            ),
            reason="missing_column",
        )
    rows = [
        (reader.line_num, *((record[headings[name]] or "").strip() for name in COLUMNS))
        for record in reader
        if any(record.values())
    ]
    if not rows or len(rows) > _MOST_LINES:
        raise BadInput(
            _("The file holds no value.")
            if not rows
            else _("The file has more than {most} lines: split it.").format(most=f"{_MOST_LINES:,}"),
            reason="size",
        )
    return rows


def _fields(tx: Transaction) -> dict[str, dict]:
    return {row["field"]: row for row in tx.read("portfolio.fields")}


def _read(fields: dict[str, dict], field: str, value: str, *, line: int | None = None) -> str | None:
    """The value as it is kept. Raises BadInput or NotFound."""
    at = "" if line is None else _("Line {line}: ").format(line=line)
    if field not in fields:
        raise NotFound(
            at
            + _("There is no field {field}: it is one of {known}, or define it first.").format(
                field=field or _("(empty)"), known=", ".join(sorted(fields)) or _("none so far")
            ),
            reason="unknown_field",
            line=line,
            column="field",
            field="field",
        )
    value, defined = (value or "").strip(), fields[field]
    if not value:
        return None
    kept = _typed(defined["kind"], value, defined["choices"])
    if kept is None:
        wanted = {
            "number": _("a number, as 1250.5"),
            "date": _("a date, as 2026-01-31"),
            "choice": _("one of {choices}").format(choices=", ".join(defined["choices"])),
            "yes_no": _("yes or no"),
        }[defined["kind"]]
        raise BadInput(
            at + _("{value} does not fit {field}: it takes {wanted}.").format(value=value, field=field, wanted=wanted),
            reason="bad_value",
            line=line,
            column="value",
            field="value",
        )
    return rules.within(kept, field="value")


def _typed(kind: str, value: str, choices: Sequence[str]) -> str | None:
    """The value in its kept form; None where it is not of the kind."""
    try:
        if kind == "number":
            return repr(float(value)) if math.isfinite(float(value)) else None
        if kind == "date":
            return date.fromisoformat(value).isoformat()
    except ValueError:
        return None
    if kind == "choice":
        return next((c for c in choices if c.casefold() == value.casefold()), None)
    if kind == "yes_no":
        return "yes" if value.casefold() in _YES else "no" if value.casefold() in _NO else None
    return value


def _insert(tx: Transaction, rows: Iterable[tuple[str, str, str | None]], *, source: str, as_of: date) -> None:
    first = tx.next_number("portfolio.field_entries", "entry_id")
    tx.insert_many(
        "portfolio.field_entries",
        ["entry_id", "account_id", "field", "value", "source", "entered_on", "entered_by", "entered_at"],
        [
            (number, account_id, field, value, source, as_of, tx.who.name, tx.now)
            for number, (account_id, field, value) in enumerate(rows, first)
        ],
    )


def value_of(store: Store, account_id: str, as_of: date) -> dict[str, str]:
    """What the fields say of an account: field to value as kept."""
    found = store.read("portfolio.custom_values", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)])
    return {row["field"]: row["value"] for row in found}
