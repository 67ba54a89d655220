"""Direct costs as a CSV file: account_id, kind, description, period_from, period_to, amount, source, within_pool."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation

from kam.errors import BadInput
from kam.value.direct_costs import DirectCost
from kam.words import _

REQUIRED = ("account_id", "kind", "description", "period_from", "period_to", "amount", "source")
OPTIONAL = ("within_pool",)
_MOST_BYTES = 1_000_000
_MOST_ROWS = 5000


def read_direct_costs(content: bytes) -> list[DirectCost]:
    """The costs of a file (comma, semicolon or tab; UTF-8; a decimal comma where the delimiter is not one).

    Raises BadInput with the line and the column for the first fault; nothing is recorded here.
    """
    if len(content) > _MOST_BYTES:
        raise BadInput(_("The file is too large for a list of direct costs."), reason="too_long")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("The file is not text in UTF-8: save it as CSV in UTF-8."), reason="encoding") from None
    heading = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    found: list[DirectCost] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells)
            elif len(cells) != len(columns):
                raise _fault(
                    reader.line_num,
                    None,
                    _("it has {cells} cells and the header {columns}").format(cells=len(cells), columns=len(columns)),
                    "ragged",
                )
            else:
                row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
                found.append(_cost(row, reader.line_num, is_decimal_comma=delimiter != ","))
    except csv.Error:
        raise _fault(
            reader.line_num, None, _("a quotation mark is not closed, or stands inside a cell"), "quote"
        ) from None
    if not found:
        raise BadInput(
            _("The file holds no rows: it needs a header with {columns}, and rows beneath.").format(
                columns=", ".join(REQUIRED)
            ),
            reason="missing",
        )
    if len(found) > _MOST_ROWS:
        raise BadInput(_("The file has more than {most} rows.").format(most=_MOST_ROWS), reason="too_long")
    return found


def _columns(cells: list[str]) -> list[str]:
    columns = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in REQUIRED + OPTIONAL]
    if missing or unknown or len(set(columns)) != len(columns):
        raise BadInput(
            _("The header has to name {columns} (and may name {optional}), each once; it names {given}.").format(
                columns=", ".join(REQUIRED), optional=", ".join(OPTIONAL), given=", ".join(cells)
            ),
            reason="header_row",
            line=1,
            column=(missing or unknown or columns)[0],
        )
    return columns


def _cost(row: dict[str, str], line: int, *, is_decimal_comma: bool) -> DirectCost:
    for name in REQUIRED:
        if not row[name]:
            raise _fault(line, name, _("{column} is empty").format(column=name), "missing")
    text = row["amount"].replace(",", ".") if is_decimal_comma else row["amount"]
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _fault(line, "amount", _("{given} is no amount").format(given=row["amount"]), "bad_number") from None
    return DirectCost(
        account_id=row["account_id"],
        kind=row["kind"],
        description=row["description"],
        period_from=_day(row, "period_from", line),
        period_to=_day(row, "period_to", line),
        amount=amount,
        source=row["source"],
        within_pool=row.get("within_pool") or None,
    )


def _day(row: dict[str, str], name: str, line: int) -> date:
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise _fault(
            line, name, _("{given} is not a date; write it as 2026-01-31").format(given=row[name]), "bad_date"
        ) from None


def _fault(line: int, column: str | None, clause: str, reason: str) -> BadInput:
    return BadInput(
        _("Line {line}: {clause}.").format(line=line, clause=clause), reason=reason, line=line, column=column
    )
