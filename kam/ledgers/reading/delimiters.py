"""Which character parts the columns of a text file."""

from __future__ import annotations

import csv
import re
from collections import Counter

_CANDIDATES = (",", ";", "\t", "|")
_BLANKS = re.compile(r" {2,}|\t")


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line without quoted line breaks."""
    line = line.rstrip("\r\n")
    if delimiter == "whitespace":
        return line.split()
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def detected(lines: list[str]) -> str:
    """The delimiter under which most lines of a sample have the same number of cells, more than one.

    `whitespace` where none does and the lines part evenly at blanks; `fixed` where only columns of blanks line
    up; a comma for a file of one column.
    """
    if lines and (said := re.fullmatch(r'"?sep=(.)"?', lines[0].strip("\ufeff\r\n"))):
        return said[1] if said[1] in _CANDIDATES else ","
    lines = [line for line in lines if line.strip()]
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for candidate in _CANDIDATES:
        counts = Counter(len(split_line(line, candidate)) for line in lines)
        counts.pop(1, None)
        if not counts:
            continue
        width, rows = counts.most_common(1)[0]
        score = (round(rows / len(lines), 1), width)
        if score > best:
            best, chosen = score, candidate
    if chosen is not None and best[0] >= 0.5:
        return chosen
    widths = Counter(len(line.split()) for line in lines)
    if lines and widths.most_common(1)[0][0] > 1 and widths.most_common(1)[0][1] == len(lines):
        return "whitespace"
    if len(fixed_columns(lines)) > 1:
        return "fixed"
    return chosen or ","


def fixed_columns(lines: list[str]) -> list[tuple[int, int | None]]:
    """(start, end) of the columns that are parted by a column of blanks in every line of a sample."""
    lines = [line.rstrip("\r\n") for line in lines if line.strip()]
    if not lines:
        return []
    width = max(map(len, lines))
    is_blank = [all(len(line) <= at or line[at] == " " for line in lines) for at in range(width)]
    starts = [at for at in range(width) if not is_blank[at] and (at == 0 or is_blank[at - 1])]
    return [(start, after) for start, after in zip(starts, [*starts[1:], None], strict=True)]
