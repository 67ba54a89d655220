"""Reading and writing cost model files (TOML): each fault as one sentence with its place."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from kam.errors import BadInput
from kam.value.cost_model import DRIVERS, Activity, CostModel, Head, Period, Pool, Term
from kam.value.cost_model_rules import Place, broken
from kam.value.time_equation import KINDS
from kam.words import _

_TABLES = {"model": Head, "pool": Pool, "period": Period, "activity": Activity, "term": Term}
# A misspelt key also leaves the right one missing: say the cause.
_FIRST = ("extra_forbidden",)
_LONGEST = 1_000_000


def read_cost_model(text: str | bytes, name: str = "costs.toml") -> CostModel:
    """The cost model that a file states. name: what the file is called in a refusal.

    Raises BadInput with one sentence: for what is no TOML, for a key or value that is not as it should be, and
    for a rule that the model breaks (a pool without a period, an activity of an unknown pool …).
    """
    text = _decoded(text, name)
    try:
        written = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(str(error), name) from None
    try:
        model = CostModel.model_validate(written)
    except ValidationError as error:
        fault = min(error.errors(), key=lambda fault: fault["type"] not in _FIRST)
        place = _place(fault["loc"])
        raise _refusal(name, text, written, place, _clause(fault, place), _reason(fault["type"])) from None
    for place, clause, reason in broken(model):
        raise _refusal(name, text, written, place, clause, reason)
    return model


def written_cost_model(
    head: Mapping[str, Any],
    pools: Sequence[Mapping[str, Any]],
    activities: Sequence[Mapping[str, Any]],
    terms: Sequence[Mapping[str, Any]] = (),
) -> str:
    """A cost model file of rows as a form holds them.

    pools: a row per pool and period (id, name, business_sustaining, source, from, to, cost,
    practical_capacity_minutes); rows of one id are one pool, named by its first row. terms: a row per term of a time
    equation (activity, kind, of, by, minutes, name). Missing values are left out. Raises BadInput for a term of no
    activity.
    """
    codes = [row.get("code") for row in activities]
    for number, row in enumerate(terms, 1):
        if row.get("activity") not in codes:
            raise _no_such_activity(number, row.get("activity"), [code for code in codes if code])
    by_id: dict[Any, list[Mapping[str, Any]]] = {}
    for row in pools:
        by_id.setdefault(row.get("id"), []).append(row)
    parts = ["[model]", *_lines(head, Head)]
    for rows in by_id.values():
        parts += ["", "[[pool]]", *_lines(rows[0], Pool)]
        for row in rows:
            parts += ["", "[[pool.period]]", *_lines(row, Period)]
    for row in activities:
        parts += ["", "[[activity]]", *_lines(row, Activity)]
        for term in terms:
            if term.get("activity") == row.get("code"):
                parts += ["", "[[activity.term]]", *_lines(term, Term)]
    return "\n".join(parts) + "\n"


def cost_model_text(model: CostModel) -> str:
    """The model as a file that reads back to the same model."""
    return written_cost_model(*cost_model_rows(model), cost_model_terms(model))


def cost_model_rows(model: CostModel) -> tuple[dict, list[dict], list[dict]]:
    """(head, a row per pool and period, a row per activity) with the file's keys, for forms and lists."""
    pools = [
        pool.model_dump(by_alias=True, exclude={"periods"}) | period.model_dump(by_alias=True)
        for pool in model.pools
        for period in pool.periods
    ]
    activities = [a.model_dump(by_alias=True, exclude={"terms"}) for a in model.activities]
    return model.head.model_dump(by_alias=True), pools, activities


def cost_model_terms(model: CostModel) -> list[dict]:
    """A row per term of a time equation, with the file's keys and `activity`, the code of the one it belongs to."""
    return [
        {"activity": activity.activity_code} | term.model_dump(by_alias=True)
        for activity in model.activities
        for term in activity.terms
    ]


def _no_such_activity(number: int, code: Any, known: list[str]) -> BadInput:
    return BadInput(
        _("Term {number} belongs to the activity {activity}, which the model does not have; it has {known}.").format(
            number=number, activity=code or _("without a code"), known=", ".join(map(str, known))
        ),
        reason="unknown_activity",
        field="activity",
    )


def _keys(table: type) -> list[str]:
    return [field.alias or key for key, field in table.model_fields.items()]


def _lines(row: Mapping[str, Any], table: type) -> list[str]:
    wanted = [key for key in _keys(table) if key not in ("period", "term")]
    return [f"{key} = {_literal(row[key])}" for key in wanted if row.get(key) is not None]


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)


def _decoded(text: str | bytes, name: str) -> str:
    if len(text) > _LONGEST:
        raise BadInput(_("{file} is too large for a cost model.").format(file=name), reason="too_long")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            _("{file} is not text in UTF-8: save the cost model as UTF-8.").format(file=name), reason="encoding"
        ) from None


def _no_toml(said: str, name: str) -> BadInput:
    at = re.search(r"\(at line (\d+), column (\d+)\)", said)
    fault = said.split(" (at ", maxsplit=1)[0]
    if at is None:
        return BadInput(
            _("{file} cannot be read as TOML at its end: {fault}.").format(file=name, fault=fault), reason="unreadable"
        )
    return BadInput(
        _("{file} cannot be read as TOML, line {line}, column {column}: {fault}.").format(
            file=name, line=at[1], column=at[2], fault=fault
        ),
        reason="unreadable",
        line=int(at[1]),
    )


def _place(location: Sequence[str | int]) -> Place:
    # Pydantic names fields by alias; what follows the key itself (a branch of a union) is of no use to a reader.
    known = {key for table in _TABLES.values() for key in _keys(table)} | set(_TABLES)
    place = list(location)
    while len(place) > 1 and isinstance(place[-1], str) and place[-1] not in known and len(place) % 2 == 0:
        place.pop()
    return tuple(place)


def _reason(kind: str) -> str:
    return {
        "extra_forbidden": "unknown_key",
        "missing": "missing",
        "too_short": "missing",
        "string_too_short": "missing",
        "greater_than": "out_of_range",
        "greater_than_equal": "out_of_range",
        "finite_number": "not_finite",
    }.get(kind, "bad_value")


def _clause(fault: Mapping[str, Any], place: Place) -> str:
    kind, key = fault["type"], place[-1]
    if kind == "extra_forbidden":
        return _unknown_key(str(key), place)
    if key in ("pool", "activity", "period") and kind in ("missing", "too_short", "tuple_type"):
        return _("there is no {key}; write at least one [[{table}]]").format(
            key=key, table="pool.period" if key == "period" else key
        )
    if kind == "missing":
        return _("{key} is missing").format(key=key)
    if kind in ("model_type", "dict_type"):
        return _(
            "write it as [model], and each pool, period, activity and term as [[pool]], [[pool.period]], [[activity]], [[activity.term]]"
        )
    if kind == "string_too_short":
        return _("{key} is empty").format(key=key)
    if kind == "string_too_long":
        return _("{key} is longer than {longest} characters").format(key=key, longest=fault["ctx"]["max_length"])
    if kind == "string_type":
        return _("{key} is text; write it in quotation marks").format(key=key)
    if kind == "literal_error":
        return _("{key} has to be one of {choices}").format(
            key=key, choices=", ".join(KINDS if key == "kind" else DRIVERS)
        )
    if kind == "date_type":
        return _("{key} is a date; write it as 2026-01-31, without quotation marks").format(key=key)
    if kind == "bool_type":
        return _("{key} is true or false, without quotation marks").format(key=key)
    if kind == "greater_than":
        return _("{key} is {value}; it has to be above 0").format(key=key, value=fault["input"])
    if kind == "greater_than_equal":
        return _("{key} is {value}; it has to be 0 or more").format(key=key, value=fault["input"])
    if kind == "decimal_max_places":
        return _("{key} has more than {places} decimals").format(key=key, places=fault["ctx"]["decimal_places"])
    if kind in ("decimal_max_digits", "decimal_whole_digits"):
        return _("{key} is too large").format(key=key)
    if kind == "finite_number":
        return _("{key} is not a finite number").format(key=key)
    return _("{key} is a number; write it without quotation marks, with a decimal point").format(key=key)


def _unknown_key(key: str, place: Place) -> str:
    tables = [part for part in place[:-1] if isinstance(part, str)]
    known = _keys(_TABLES[tables[-1]]) if tables else ["model", "pool", "activity"]
    near = get_close_matches(key, known, n=1)
    if near:
        return _("the key {key} is not known; did you mean {near}?").format(key=key, near=near[0])
    return _("the key {key} is not known; the keys here are {keys}").format(key=key, keys=", ".join(known))


def _refusal(name: str, text: str, written: dict, place: Place, clause: str, reason: str) -> BadInput:
    line = line_of(text, place)
    spot = ", ".join([name, *([_("line {line}").format(line=line)] if line else []), *_spoken(written, place)])
    key = str(place[-1])
    ending = "" if clause.endswith("?") else "."
    return BadInput(f"{spot}: {clause}{ending}", reason=reason, line=line, column=key, field=key)


def _spoken(written: dict, place: Place) -> Iterator[str]:
    """The tables on the way to a place: `pool order_desk`, `period 1`; a key of its own right stays in the clause."""
    at: Any = written
    for part, number in pairwise(place):
        at = at[part] if isinstance(at, dict) and part in at else at[part] if isinstance(at, list) else at
        if isinstance(part, str) and isinstance(number, int):
            row = at[number] if isinstance(at, list) and number < len(at) else None
            own = (row.get("id") or row.get("code")) if isinstance(row, dict) else None
            yield f"{part} {own if isinstance(own, str) else number + 1}"
        elif isinstance(part, str):
            yield part


def line_of(text: str, place: Place) -> int | None:
    """The line of a key, or of its table's heading where the key is missing; None where it cannot be told."""
    wanted = [part for part in place if isinstance(part, int)]
    tables = place[:-1] if len(place) > 1 else place
    path = ".".join(str(part) for part in tables if isinstance(part, str))
    seen: dict[str, int] = {}
    heading_line = None
    for number, line in enumerate(text.splitlines(), 1):
        if heading := re.match(r"\s*\[\[?\s*([A-Za-z_.]+)\s*\]\]?\s*(#.*)?$", line):
            seen[heading[1]] = seen.get(heading[1], -1) + 1
            if "." not in heading[1]:
                seen = {k: v for k, v in seen.items() if "." not in k}
            is_here = heading[1] == path and [seen[p] for p in _prefixes(path)] == (wanted or [0])
            if heading_line and not is_here:
                break
            heading_line = number if is_here else heading_line
        elif heading_line and re.match(rf'\s*"?{re.escape(str(place[-1]))}"?\s*=', line):
            return number
    return heading_line


def _prefixes(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]
