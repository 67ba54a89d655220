"""A mapping: which column of a file is which column of a table, as a small TOML file or as made on the page."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from kam.errors import BadInput
from kam.ledgers.contract import ACCOUNT_TEXTS, TABLES
from kam.ledgers.options import ReadOptions
from kam.words import _


class RowTest(BaseModel):
    """A test on one column of the file. Exactly one of the tests is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    missing: Literal[True] | None = None
    equals: str | int | float | None = None
    one_of: list[str | int | float] | None = None
    starts_with: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> RowTest:
        tests = (self.missing, self.equals, self.one_of, self.starts_with)
        if sum(test is not None for test in tests) != 1:
            raise ValueError("give exactly one of missing, equals, one_of, starts_with")
        return self


class LeaveOut(RowTest):
    """A row that meets it is left out and counted."""


class Negate(RowTest):
    """A row that meets it is a credit note or return whose amounts the file writes without a minus: quantity, net
    and list revenue and cost become negative (a minus that is there already stays)."""


class Classify(RowTest):
    """A line that meets it is no product: its kind (postage, fee, adjustment), and whether it is revenue.

    The first rule that a line meets decides.
    """

    kind: str = Field(min_length=1, max_length=60)
    in_revenue: bool


class JoinKeys(BaseModel):
    """The key column under its name in each of the two files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: str
    headers: str


class Join(BaseModel):
    """The second file of a ledger that comes as headers and lines. file: relative to the mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    on: str | JoinKeys

    @property
    def keys(self) -> JoinKeys:
        return self.on if isinstance(self.on, JoinKeys) else JoinKeys(lines=self.on, headers=self.on)


class Mapping(BaseModel):
    """The mapping file of the data contract. columns: target -> source column or arithmetic.

    account_by: the file gives the account's id, its name (as lookup columns of a CRM do; it has to be unique in the
    master), or several ids in one cell parted by `;`, of which the first is the account.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    table: str
    read: ReadOptions = ReadOptions()
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str | int | float | bool] = Field(default_factory=dict)
    account: dict[str, str] = Field(default_factory=dict)
    account_by: Literal["id", "name", "first_id"] = "id"
    leave_out: list[LeaveOut] = Field(default_factory=list)
    negate: list[Negate] = Field(default_factory=list)
    classify: list[Classify] = Field(default_factory=list)
    join: Join | None = None
    _folder: Path | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _known_targets(self) -> Mapping:
        if self.table not in TABLES:
            raise ValueError(f"{self.table} is not a table: use one of {', '.join(TABLES)}")
        known = {field.name for field in TABLES[self.table].fields}
        for target in (*self.columns, *self.constants):
            if target not in known:
                raise ValueError(f"{self.table} has no column {target}: use one of {', '.join(sorted(known))}")
        for rule, rules in (("negate", self.negate), ("classify", self.classify)):
            if rules and self.table != "order_lines":
                raise ValueError(f"[[{rule}]] is for order_lines, not for {self.table}")
        if both := self.columns.keys() & self.constants.keys():
            raise ValueError(f"{', '.join(sorted(both))} is given as a column and as a constant")
        for target in self.account:
            if target not in ACCOUNT_TEXTS:
                raise ValueError(f"[account] has no {target}: use one of {', '.join(ACCOUNT_TEXTS)}")
        return self

    @property
    def join_path(self) -> Path | None:
        """Where the second file lies: beside the mapping file."""
        if self.join is None:
            return None
        return (self._folder or Path()) / self.join.file

    def as_toml(self) -> str:
        """The mapping as a file's text."""
        return _toml(self.model_dump(exclude_none=True, exclude_defaults=True) | {"table": self.table})


def read_mapping(path: Path | str) -> Mapping:
    """The mapping of a file. Raises BadInput where it is not there, no TOML, or no mapping."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            _("The mapping {file} cannot be read: check its name, and that it is UTF-8 text.").format(file=path.name),
            reason="bad_mapping",
        ) from error
    mapping = mapping_from(text, name=path.name)
    mapping._folder = path.parent
    return mapping


def mapping_from(text: str, *, name: str = "mapping") -> Mapping:
    """The mapping of a text. Raises BadInput with the place that does not fit."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            _("{file} is not a TOML file: {problem}.").format(file=name, problem=error), reason="bad_mapping"
        ) from error
    except ValidationError as error:
        raise BadInput(
            _("The mapping {file} does not fit: {problem}.").format(file=name, problem=first_fault(error)),
            reason="bad_mapping",
        ) from error


def mapping_of(parts: dict[str, Any]) -> Mapping:
    """The mapping of parts as they were chosen on a page. Raises BadInput with the place that does not fit."""
    try:
        return Mapping.model_validate(parts)
    except ValidationError as error:
        raise BadInput(
            _("The columns as chosen do not fit: {problem}.").format(problem=first_fault(error)), reason="bad_mapping"
        ) from error


def read_options(**said: Any) -> ReadOptions:
    """Options as a front end was given them. Raises BadInput for a value that is none."""
    try:
        return ReadOptions(**{name: value for name, value in said.items() if value not in (None, "")})
    except ValidationError as error:
        raise BadInput(
            _("The reading options do not fit: {problem}.").format(problem=first_fault(error)), reason="bad_option"
        ) from error


def first_fault(error: ValidationError) -> str:
    """Where and what the first fault of a validation is, in a few words."""
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _toml(document: dict[str, Any]) -> str:
    plain = {k: v for k, v in document.items() if not isinstance(v, dict) and not _is_tables(v)}
    lines = [f"{_key(k)} = {_value(v)}" for k, v in plain.items()]
    for name, part in document.items():
        if isinstance(part, dict) and part:
            lines += ["", f"[{_key(name)}]", *(f"{_key(k)} = {_value(v)}" for k, v in part.items())]
        elif _is_tables(part):
            for entry in part:
                lines += ["", f"[[{_key(name)}]]", *(f"{_key(k)} = {_value(v)}" for k, v in entry.items())]
    return "\n".join(lines) + "\n"


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    escaped = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped)
    return f'"{escaped}"'
