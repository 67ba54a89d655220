"""Text from data, made fit for files: no control characters, no direction overrides, of bounded length."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_BIDIRECTIONAL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def line(text: object, *, longest: int = 300) -> str:
    """One line; what XML cannot hold is gone."""
    return _cut(_BREAKS.sub(" ", _fit(str(text))).strip(), longest)


def paragraphs(text: object, *, longest: int = 20_000) -> list[str]:
    """The lines that have words, each clean."""
    found = [line(part, longest=longest) for part in str(text).splitlines()]
    return [part for part in found if part]


def _fit(text: str) -> str:
    kept = _BIDIRECTIONAL.sub("", text)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\r\n\f\v\x85")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
