"""Reading and writing criteria files (TOML): shape and rules, each fault as one sentence with its place."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from kam.errors import BadInput, Refusal, RuleBroken
from kam.selection import rules
from kam.selection.criteria import CriteriaSet, Document, Gate, Head, Score, criteria_set
from kam.words import _

STARTER = Path(__file__).resolve().parents[2] / "data" / "criteria" / "starter.toml"
_KEYS = {
    "set": tuple(field.alias or name for name, field in Head.model_fields.items()),
    "gate": tuple(Gate.model_fields),
    "score": tuple(Score.model_fields),
}
_HEADING = re.compile(r"\s*\[\[?\s*[A-Za-z_.\"'-]+\s*\]\]?\s*(#.*)?$")
# Faults that explain others come first: a misspelt key is also a missing one.
_FIRST = ("extra_forbidden",)


def read_criteria(text: str | bytes, name: str | None = "criteria.toml") -> CriteriaSet:
    """The criteria set that a file states. name: what the file is called in a refusal; None for a draft on a page,
    whose lines nobody sees.

    Raises BadInput for what is no TOML (with its line) or states what no criteria set may state, and
    RuleBroken for a forbidden ground; each names the key, and the line where it can be found.
    """
    text = _decoded(text, name)
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(str(error), name) from None

    def refuse(place: rules.Place, clause: str, reason: str) -> NoReturn:
        raise _refusal(name, text, place, clause, reason)

    try:
        document = Document.model_validate(written)
    except ValidationError as error:
        faults = sorted(error.errors(), key=lambda fault: fault["type"] not in _FIRST)
        refuse(_place(faults[0]["loc"]), _clause(faults[0]), _reason(faults[0]["type"]))
    criteria = criteria_set(document, text)
    rules.check(criteria, refuse)
    return criteria


def starter_criteria() -> CriteriaSet:
    """The example set that comes with the workbench, to begin from."""
    return read_criteria(STARTER.read_bytes(), STARTER.name)


def stored_criteria(text: str) -> CriteriaSet:
    """An adopted set from its document, judged by no rule of today: an old set stays readable."""
    return criteria_set(Document.model_validate(tomllib.loads(text)), text)


def written_criteria(head: Mapping[str, Any], gates: list[Mapping[str, Any]], scores: list[Mapping[str, Any]]) -> str:
    """A criteria file of these tables; keys without a value are left out."""
    parts = ["[set]", *_lines(head, _KEYS["set"])]
    for title, tables in (("gate", gates), ("score", scores)):
        for table in tables:
            parts += ["", f"[[{title}]]", *_lines(table, _KEYS[title])]
    return "\n".join(parts) + "\n"


def _lines(table: Mapping[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [f"{key} = {_literal(table[key])}" for key in keys if table.get(key) is not None]


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def _decoded(text: str | bytes, name: str) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            _("{file} is not text in UTF-8: save the criteria file as UTF-8.").format(file=name), reason="encoding"
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


def _refusal(name: str | None, text: str, place: rules.Place, clause: str, reason: str) -> Refusal:
    line = line_of(text, place)
    in_line = _("line {line}, ").format(line=line) if line else ""
    spot = _spoken(place).capitalize() if name is None else f"{name}, {in_line}{_spoken(place)}"
    kind = RuleBroken if reason == "forbidden_ground" else BadInput
    key = next((part for part in reversed(place) if isinstance(part, str)), None)
    ending = "" if clause.endswith("?") else "."
    return kind(f"{spot}: {clause}{ending}", reason=reason, line=line, column=key, field=key)


def _spoken(place: rules.Place) -> str:
    """gate 2, at_least"""
    words = (
        [f"{place[0]} {place[1] + 1}", *map(str, place[2:3])] if len(place) > 1 and isinstance(place[1], int) else place
    )
    return ", ".join(map(str, words))


def _place(location: tuple[str | int, ...]) -> rules.Place:
    # Pydantic goes on into an anchor's elements and the branches of a union; a key is as far as a line goes.
    return location[:3] if len(location) > 1 and isinstance(location[1], int) else location[:2]


def _reason(kind: str) -> str:
    return {"extra_forbidden": "unknown_key", "missing": "missing", "finite_number": "not_finite"}.get(
        kind, "bad_value"
    )


def _clause(fault: Mapping[str, Any]) -> str:
    kind, key, table = fault["type"], _place(fault["loc"])[-1], fault["loc"][0]
    if kind == "extra_forbidden":
        known = _KEYS.get(table, tuple(_KEYS)) if len(fault["loc"]) > 1 else tuple(_KEYS)
        near = get_close_matches(str(key), known, n=1)
        hint = (
            _("did you mean {near}?").format(near=near[0])
            if near
            else _("the keys here are {keys}").format(keys=", ".join(known))
        )
        return _("the key {key} is not known; {hint}").format(key=key, hint=hint)
    if kind == "missing":
        return _("{key} is missing").format(key=key)
    if kind in ("model_type", "tuple_type") and key in _KEYS:
        return _("write it as [set], and each gate and score as [[gate]] and [[score]]")
    if kind == "string_too_short":
        return _("{key} is empty").format(key=key)
    if kind == "string_too_long":
        return _("{key} is longer than 500 characters").format(key=key)
    if kind == "finite_number":
        return _("{key} is not a finite number").format(key=key)
    if kind == "literal_error":
        return _("{key} has to be one of {choices}").format(key=key, choices=fault["ctx"]["expected"])
    if key == "anchors":
        return _("anchors are pairs of a measure's value and its points, such as [[0, 0], [100, 10]]")
    if kind == "date_type" and key == "from":
        return _("from is a date; write it as 2026-01-31, without quotation marks")
    if kind == "bool_type":
        return _("{key} is true or false; write it without quotation marks").format(key=key)
    if kind == "string_type":
        return _("{key} is text; write it in quotation marks").format(key=key)
    return _("{key} is a number; write it without quotation marks, with a decimal point").format(key=key)


def line_of(text: str, place: rules.Place) -> int | None:
    """The line of a key (or of its table's heading) in a criteria file; None where it cannot be told."""
    table, index = place[0], place[1] if len(place) > 1 and isinstance(place[1], int) else None
    key = next((part for part in place[1:] if isinstance(part, str)), None)
    heading = re.compile(rf"\s*\[\[?\s*{re.escape(str(table))}\s*\]\]?\s*(#.*)?$")
    seen, heading_line = -1, None
    for number, line in enumerate(text.splitlines(), 1):
        if heading.match(line):
            seen += 1
            if seen == (index or 0):
                heading_line = number
            elif heading_line is not None:
                break
        elif _HEADING.match(line) and heading_line is not None:
            break
        elif (heading_line is not None and key is not None and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line)) or (
            len(place) == 1 and re.match(rf"\s*\"?{re.escape(str(table))}\"?\s*=", line)
        ):
            return number
    return heading_line
