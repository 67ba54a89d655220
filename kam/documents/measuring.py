"""How much room text takes, estimated on the wide side, so that nothing leaves its slide whatever font shows it.

An average Latin letter is taken as 0.58 of the font size (the widest of the fonts that stand in for each other), an East
Asian one as the whole size; lines are 1.25 times the size apart. These are typographic constants, no settings.
"""

from __future__ import annotations

import math
import unicodedata

_LATIN_SHARE, _LINE = 0.58, 1.25
_POINTS = 72


def width(text: str, size: float) -> float:
    """Inches that a line of this text takes at a font size in points."""
    ems = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else _LATIN_SHARE for c in text)
    return ems * size / _POINTS


def lines_taken(text: str, size: float, wide: float) -> int:
    """How many lines the text takes in a box `wide` inches across; words break whole, so some room is lost."""
    if not text or wide <= 0:
        return 1
    longest_word = max((width(word, size) for word in text.split()), default=0)
    lost = min(longest_word, wide / 4)
    total = width(text, size)
    return 1 if total <= wide else math.ceil(total / max(wide - lost, wide / 2))


def height(lines: int, size: float) -> float:
    """Inches that so many lines take."""
    return lines * size * _LINE / _POINTS


def fitted(text: str, size: float, wide: float, tall: float) -> str:
    """The text, cut with an ellipsis where it would take more than `tall` inches: between words, where it has any."""
    most = max(1, int(tall / height(1, size) + 1e-9))
    if lines_taken(text, size, wide) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_taken(text[:middle] + "…", size, wide) <= most:
            low = middle
        else:
            high = middle - 1
    kept = text[:low]
    words, _space, _rest = kept.rpartition(" ")
    # Writing without spaces, or one endless word, is cut where the room ends.
    if not text[low:].startswith(" ") and len(words) * 3 >= low * 2:
        kept = words
    return kept.rstrip(" ,;:") + "…"
