"""A few lines of a large text file, found by counting line ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_CHUNK = 4 * 1024 * 1024


def copy_lines(source: Path, wanted: Sequence[int], target: Path) -> None:
    """Copy lines into a new file. wanted: their numbers from 1, ascending; what lies behind the file's end is not copied."""
    remaining = iter(wanted)
    number = next(remaining, None)
    first, rest = 1, b""
    with source.open("rb") as read, target.open("wb") as written:
        while number is not None:
            chunk = read.read(_CHUNK)
            block = rest + chunk
            if number >= first + block.count(b"\n") and chunk:
                # Not among the lines that end here.
                end = block.rfind(b"\n") + 1
                first += block.count(b"\n", 0, end)
                rest = block[end:]
                continue
            *lines, rest = block.split(b"\n")
            if not chunk:
                lines.append(rest)
            while number is not None and number < first + len(lines):
                written.write(lines[number - first] + b"\n")
                number = next(remaining, None)
            first += len(lines)
            if not chunk:
                return
