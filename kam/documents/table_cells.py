"""The cells of a slide's table, written as they are stored: a table of forty rows has hundreds, and python-pptx takes a
millisecond for each (DrawingML a:tc, ISO/IEC 29500-1, 21.1.3.16)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from xml.sax.saxutils import escape

from kam.documents.palette import EAST_ASIAN, INK, LATIN, PALE, QUIET, WARNING

_EMU, _POINT = 914_400, 12_700
_ABOVE = 2 * _POINT


def fill(
    table: Any,
    cells: Sequence[Sequence[str]],
    *,
    size: int,
    margin: float,
    numeric: Collection[int] = (),
    warned: Collection[tuple[int, int]] = (),
) -> None:
    """Give every cell of a python-pptx table its words, the first row as heading. cells: clean text, as many as the table has;
    size: points; margin: inches beside the words; numeric: columns that stand on the right; warned: (row, column) in the
    warning colour, counted with the heading."""
    from pptx.oxml import parse_xml

    beside = int(margin * _EMU)
    for row, (line, words) in enumerate(zip(table._tbl.tr_lst, cells, strict=True)):
        for column, (old, text) in enumerate(zip(list(line.tc_lst), words, strict=True)):
            colour = WARNING if (row, column) in warned else QUIET if row == 0 else INK
            line.replace(
                old,
                parse_xml(
                    _CELL.format(
                        algn=' algn="r"' if column in numeric else "",
                        size=size * 100,
                        bold=int(row == 0),
                        colour=colour,
                        text=escape(text),
                        beside=beside,
                        ground=PALE if row == 0 else "FFFFFF",
                    )
                ),
            )


_CELL = (
    '<a:tc xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:txBody><a:bodyPr/><a:lstStyle/>'
    '<a:p><a:pPr{algn}/><a:r><a:rPr sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/></a:rPr><a:t>{{text}}</a:t></a:r></a:p></a:txBody>'
    f'<a:tcPr marL="{{beside}}" marR="{{beside}}" marT="{_ABOVE}" marB="{_ABOVE}">'
    '<a:solidFill><a:srgbClr val="{ground}"/></a:solidFill></a:tcPr></a:tc>'
)
