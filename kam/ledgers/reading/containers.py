"""What a file is by its bytes, whatever its name says; and how a packed one is unpacked within bounds."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from pathlib import Path

from kam.errors import BadInput
from kam.ledgers.reading import limits
from kam.words import _

_TEXT_ENDINGS = frozenset({"csv", "tsv", "txt", "tab", "psv", "dat"})


def kind_of(head: bytes, label: str) -> str:
    """What the bytes are. Raises BadInput where the name says something else."""
    ending = label.rsplit(".", 1)[-1].casefold() if "." in label else ""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"\xd0\xcf\x11\xe0"):
        found = "xlsx"
    elif head.startswith(b"PAR1"):
        found = "parquet"
    elif head.startswith(b"\x1f\x8b"):
        found = "gz"
    elif re.match(rb"\s*(<!doctype\s+html|<html|<\?xml|%PDF)", head[:200], re.IGNORECASE):
        raise BadInput(
            _("{file} is a web page, XML or PDF document, not a table: export it as CSV or XLSX.").format(file=label),
            reason="wrong_format",
        )
    else:
        found = "text"
    claimed = {"xlsx": "xlsx", "xls": "xlsx", "xlsm": "xlsx", "xlsb": "xlsx", "parquet": "parquet", "gz": "gz"}.get(
        ending, "text"
    )
    if claimed != found and not (ending not in _TEXT_ENDINGS and claimed == "text"):
        names = {
            "xlsx": _("a workbook"),
            "parquet": _("a Parquet file"),
            "gz": _("a packed file"),
            "text": _("a text file"),
        }
        raise BadInput(
            _("{file} is {found}, not what its name says: give it the right ending or export it again.").format(
                file=label, found=names[found]
            ),
            reason="wrong_format",
        )
    return found


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpacked(path: Path, label: str, folder: Path) -> Path:
    """A gz file unpacked into a folder. Raises BadInput where it is damaged or unpacks to too much."""
    target = folder / f"unpacked-{len(list(folder.iterdir()))}"
    most = min(int(limits.current().unpacked_mb * 1024**2), path.stat().st_size * limits.STEEPEST_PACKING)
    written = 0
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as plain:
            while chunk := packed.read(1 << 20):
                written += len(chunk)
                if written > most:
                    raise BadInput(
                        _("{file} unpacks to far more than a ledger holds: it was not read.").format(file=label),
                        reason="too_large",
                    )
                plain.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadInput(
            _("{file} is damaged: it cannot be unpacked to its end. Fetch or pack it again.").format(file=label),
            reason="unreadable",
        ) from error
    return target
