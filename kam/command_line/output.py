"""What a command prints or saves: one JSON document, or lines of text, or a CSV file."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from kam.errors import BadInput
from kam.words import _

# What a terminal would act on, or what would turn the reading direction: control characters but tab and
# newline, and the bidirectional overrides.
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def report(arguments: argparse.Namespace, document: dict[str, Any], lines: Iterable[str]) -> None:
    """Print the result: `document` with --json, else `lines`.

    Money in documents is Decimal with two decimals, dates are `date`, unknown is None.
    """
    if arguments.json:
        show_document(document)
    else:
        for line in lines:
            say(line)


def say(line: str, *, stream: TextIO | None = None) -> None:
    """Print text as text: characters that a terminal would act on are shown as a replacement mark."""
    print(_ACTIVE.sub("\N{REPLACEMENT CHARACTER}", line), file=stream or sys.stdout)


def show_document(document: dict[str, Any]) -> None:
    """Print one JSON document; dates as ISO text, decimals as text with their decimals."""
    text = json.dumps(document, default=_plain, ensure_ascii=False, allow_nan=False, indent=2)
    print(re.sub("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found[0]):04x}", text))


def save_bytes(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=file.name
            ),
            reason="unwritable_file",
        ) from None


def save_csv(path: Path | str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as a UTF-8 CSV file, text as text, unknown as an empty cell; returns how many.

    Raises BadInput where the file cannot be written.
    """
    count = 0
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                writer.writerow([_cell(value) for value in row])
                count += 1
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=path
            ),
            reason="unwritable",
        ) from error
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"not a plain value: {value!r}")
