"""Colours and fonts of files for people, and the two python-pptx calls that every text needs."""

from __future__ import annotations

from typing import Any

INK, QUIET, LINE, ACCENT, WARNING, PALE = "1C2430", "5B6675", "D8DDE4", "2F5D8A", "B23A2E", "F3F5F8"
GOOD = "4E8A62"
# What shows Chinese, Japanese and Korean where the Latin font cannot.
EAST_ASIAN = "Microsoft YaHei"
LATIN = "Calibri"


def rgb(code: str) -> Any:
    """A colour of six hexadecimal digits."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code)


def east_asian(properties: Any) -> None:
    """python-pptx names the Latin font alone; without this one, Chinese falls back to whatever the viewer has."""
    from pptx.oxml.ns import qn

    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    element = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN})
    latin = properties.find(qn("a:latin"))
    # The schema's order: fill, latin, ea, cs.
    if latin is not None:
        latin.addnext(element)
    else:
        properties.append(element)
