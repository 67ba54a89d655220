"""A full disk, wherever it is met: one sentence that says what to do, and nothing saved."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

import duckdb

from kam.errors import StoreUnavailable
from kam.words import _

# No room, no room for this user, or a limit on the size of a file.
_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS = ("No space left", "Disk quota exceeded", "File too large", "max_temp_directory_size")


def unwritable(error: BaseException) -> str | None:
    """What is said of an error because of which nothing could be written; None for any other error."""
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return _("The disk is full: nothing was saved. Free some space and do it again.")
    if isinstance(error, duckdb.Error) and any(words in str(error) for words in _WORDS):
        return _("The disk is full: nothing was saved. Free some space and do it again.")
    if isinstance(error, duckdb.FatalException):
        return _("The database could not be written: nothing was saved. Check the disk, then do it again.")
    return None


@contextlib.contextmanager
def full_disk_told() -> Iterator[None]:
    """Around what writes beside the database (temporary files, staged rows): a full disk becomes its refusal."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if sentence := unwritable(error):
            raise StoreUnavailable(sentence, reason="unwritable") from error
        raise
