"""Room on the disk: an import that would fill it is refused before it begins."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from kam.errors import Refusal
from kam.store import Store
from kam.words import _

# The rows once beside the database, once in it, and its log.
_SPACE_FACTOR = 3


def check_space(store: Store, paths: Sequence[Path]) -> None:
    """Raise Refusal where the disk of the database has less room than an import of these files needs."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    free = shutil.disk_usage(store.path.parent).free
    if free < _SPACE_FACTOR * size:
        raise Refusal(
            _("The disk has {free} MB free, an import of this size needs {needed} MB: free some space first.").format(
                free=free >> 20, needed=_SPACE_FACTOR * size >> 20
            ),
            reason="disk_full",
        )
