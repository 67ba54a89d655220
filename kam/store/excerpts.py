"""A few lines of a large text file, found by counting line ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_CHUNK = 4 * 1024 * 1024


def copy_lines(source: Path, wanted: Sequence[int], target: Path) -> None:
    """Copy lines into a new file. wanted: their numbers from 1, ascending; what lies behind the file's end is not copied."""
    # Here: an import without such lines does not wait for it.
    import numpy as np

    at, first, rest = 0, 1, b""
    with source.open("rb") as read, target.open("wb") as written:
        while at < len(wanted):
            chunk = read.read(_CHUNK)
            # The last line may lack its end.
            block = rest + (chunk or b"\n")
            # Line `first + n` ends at ends[n].
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 10)
            while at < len(wanted) and wanted[at] < first + len(ends):
                n = wanted[at] - first
                start = int(ends[n - 1]) + 1 if n else 0
                written.write(block[start : int(ends[n]) + 1])
                at += 1
            if not chunk:
                return
            first += len(ends)
            rest = block[int(ends[-1]) + 1 :] if len(ends) else block
