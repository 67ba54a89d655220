"""A file that was taken in before and whose rows nothing touched since: known by its hash, without reading it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from kam import __version__, relations
from kam.ledgers.contract import Table
from kam.ledgers.mapping import Mapping
from kam.ledgers.options import ReadOptions
from kam.ledgers.results import Counts, LineKind, Totals
from kam.ledgers.sources import OpenedSource
from kam.store.staging import Staging

# The tables whose rows change by imports, their undoing and merges alone.
_CHANGED_BY_IMPORT_ONLY = frozenset({"order_lines", "payments"})


def reading(files: Sequence[OpenedSource], mapping: Mapping | None, options: ReadOptions, reporting: str) -> str:
    """One hash of all, beside the files themselves, that decides what comes of them."""
    said = {
        "version": __version__,
        "mapping": mapping.as_toml() if mapping else None,
        "options": options.model_dump(),
        "joined": [source.joined.hash if source.joined else None for source in files],
        "sheets": [source.opened.sheet for source in files],
        "reporting": reporting,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def taken_before(
    staging: Staging, table: Table, files: Sequence[OpenedSource], mapping: Mapping | None, said: str
) -> tuple[Counts, dict[str, Totals], tuple[LineKind, ...]] | None:
    """Counts, control totals and kinds of importing the files again, all rows unchanged; None: they have to be read."""
    # A name may have come to mean another account since.
    by_name = mapping is not None and mapping.account_by == "name"
    if table.name not in _CHANGED_BY_IMPORT_ONLY or by_name:
        return None
    found = staging.run(
        relations.step("ledgers.find_taken_before"),
        {"table": table.name, "file_hash": hashes(files), "reading": said},
    )
    if not found:
        return None
    read, left_out, document, kinds = found[0]
    totals = {}
    for currency, split in json.loads(document).items():
        earlier = Totals.stored(split)
        totals[currency] = Totals(
            read=earlier.read, unchanged=earlier.read - earlier.left_out, left_out=earlier.left_out
        )
    named = tuple(LineKind.stored(each) for each in json.loads(kinds or "[]"))
    return Counts(read=read, unchanged=read - left_out, left_out=left_out), totals, named


def hashes(files: Sequence[OpenedSource]) -> str:
    """The files' hashes as an import's record keeps them."""
    return " ".join(source.opened.hash for source in files)
