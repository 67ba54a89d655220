"""Text that comes from data, made inert where Streamlit reads Markdown.

A customer's name with a Markdown image makes the browser call out from a title, a caption, a metric or a
button. Tables, `st.text` and option lists are inert by themselves; everything else takes `escaped(text)`.
"""

from __future__ import annotations

import re
import unicodedata

_JOINER = "\N{WORD JOINER}"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$&=\"'^:/@])")
# What Markdown turns into links, emoji, icons and arrows even where each character is escaped.
_AUTOMATIC = re.compile(r"(?<=[:@])|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=])", re.IGNORECASE)
# Not the no-break space, which keeps a figure and its unit together.
_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_BIDIRECTIONAL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: object, *, longest: int = 300) -> str:
    """One line of text: control and direction-override characters gone, cut at `longest` characters."""
    one_line = _BREAKS.sub(" ", _BIDIRECTIONAL.sub("", str(text))).strip()
    clean = "".join(c for c in one_line if unicodedata.category(c) not in ("Cc", "Cs"))
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def escaped(text: object, *, longest: int = 300) -> str:
    """The text as Markdown that shows exactly these characters and does nothing."""
    joined = _AUTOMATIC.sub(_JOINER, plain(text, longest=longest))
    return _SPECIAL.sub(r"\\\1", joined)
