"""Text that a spreadsheet cannot take for a formula, and back.

A cell that begins with = + - @, a tab or a return is given an apostrophe in CSV files; so is one that begins
with apostrophes before such a sign, so that nothing is lost on the way back. Reading takes one apostrophe off.
"""

from __future__ import annotations

import re

_STARTS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file that a person opens in a spreadsheet."""
    return "'" + text if _STARTS.match(text) else text


def unguarded(text: str) -> str:
    """The text that was meant: the inverse of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text
