"""Text that people wrote in Markdown, shown with its headings, lists and emphasis and nothing else.

Links, images, HTML, formulas and everything that a browser or Streamlit would act on stay the characters that they are.
"""

from __future__ import annotations

import re

from kam.ui.text import escaped

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(\s{0,6})(?:([-*+•])|(\d{1,3})[.)])\s+(.*)")
_QUOTE = re.compile(r">\s?(.*)")
_EMPHASIS = re.compile(r"\*\*(\S(?:[^*]*[^*\s])?)\*\*|\*(\S(?:[^*]*[^*\s])?)\*")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_LONGEST = 20_000


def prose(text: str) -> str:
    """Markdown that shows a text's headings (small), lists, quotes and emphasis; every other character stands for itself."""
    return "\n".join(_line(line) for line in text.replace("\r\n", "\n").split("\n"))


def _line(line: str) -> str:
    if found := _HEADING.fullmatch(line.strip()):
        return "#" * min(6, 4 + len(found[1]) - 1) + " " + _emphasised(found[2])
    if found := _ITEM.fullmatch(line.rstrip()):
        indent = " " * (len(found[1]) // 2 * 4)
        return f"{indent}{'-' if found[2] else found[3] + '.'} {_emphasised(found[4])}"
    if found := _QUOTE.fullmatch(line.strip()):
        return f"> {_emphasised(found[1])}"
    return _emphasised(line.strip())


def _emphasised(line: str) -> str:
    shown, at = [], 0
    for found in _EMPHASIS.finditer(line):
        shown.append(_kept(line[at : found.start()]))
        shown.append(f"**{_kept(found[1])}**" if found[1] else f"*{_kept(found[2])}*")
        at = found.end()
    return "".join([*shown, _kept(line[at:])])


def _kept(text: str) -> str:
    """The text escaped, with a space at its edges where it had one."""
    before, inner, after = _EDGES.fullmatch(text).groups()
    return f"{' ' if before else ''}{escaped(inner, longest=_LONGEST)}{' ' if after and inner else ''}"
