"""Presentations (.pptx) with native tables and charts, so that who gets one can go on working with it.

Deck is the kernel: a title, statements, tables that go on over several slides, bars with a limit. The title of a slide
states its finding; as-of date and source stand at its foot. Text from data is cleaned; charts hold their numbers.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kam.documents import clean
from kam.words import _

if TYPE_CHECKING:
    from pptx.slide import Slide

PRESENTATION_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ROWS_PER_SLIDE = 14
INK, QUIET, LINE, ACCENT, WARNING, PALE = "1C2430", "5B6675", "D8DDE4", "2F5D8A", "B23A2E", "F3F5F8"
# What shows Chinese, Japanese and Korean where the Latin font cannot.
_EAST_ASIAN = "Microsoft YaHei"
_LATIN = "Calibri"
# Inches on a slide of 13.333 × 7.5.
_LEFT, _WIDE, _TOP, _BOTTOM = 0.6, 12.13, 1.45, 6.75


class Deck:
    """A presentation as it grows; `content()` gives the file."""

    def __init__(self, title: str, subtitle: str, *, foot: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._file = Presentation()
        self._file.slide_width, self._file.slide_height = Inches(13.333), Inches(7.5)
        self._file.core_properties.title = clean.line(title)
        self._file.core_properties.author = "KAM Workbench"
        self._foot = foot
        slide = self._slide()
        self._text(slide, title, top=2.5, height=1.2, size=36, is_bold=True)
        self._text(slide, subtitle, top=3.7, height=1.0, size=18, colour=QUIET)

    def statement(self, title: str, lines: Sequence[str], *, empty: str = "") -> Deck:
        """A finding with lines beneath it; on further slides what does not fit. empty: said where there is none."""
        for at in range(0, max(len(lines), 1), ROWS_PER_SLIDE):
            slide = self._titled(title, is_more=at > 0)
            part = [f"•  {line}" for line in lines[at : at + ROWS_PER_SLIDE]] or [empty]
            self._text(slide, *part, top=_TOP, height=_BOTTOM - _TOP, size=16, longest=200)
        return self

    def table(
        self,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float] | None = None,
        warned: Sequence[tuple[int, int]] = (),
        empty: str = "",
    ) -> Deck:
        """A table with its heading on each slide that it takes. widths: shares; warned: (row, column) in the warning colour."""
        from pptx.util import Inches, Pt

        if not rows:
            return self.statement(title, [], empty=empty)
        shares = widths or [1.0] * len(headings)
        for at in range(0, len(rows), ROWS_PER_SLIDE):
            slide, part = self._titled(title, is_more=at > 0), rows[at : at + ROWS_PER_SLIDE]
            frame = slide.shapes.add_table(
                len(part) + 1, len(headings), Inches(_LEFT), Inches(_TOP), Inches(_WIDE), Inches(0.36 * (len(part) + 1))
            )
            grid = frame.table
            grid.first_row, grid.horz_banding = True, False
            for column, share in enumerate(shares):
                grid.columns[column].width = Inches(_WIDE * share / sum(shares))
            for line, cells in enumerate([headings, *part]):
                for column, words in enumerate(cells):
                    cell = grid.cell(line, column)
                    cell.margin_top = cell.margin_bottom = Pt(2)
                    cell.fill.solid()
                    cell.fill.fore_color.rgb = _rgb(PALE if line == 0 else "FFFFFF")
                    is_warned = (at + line - 1, column) in warned and line > 0
                    self._write(
                        cell.text_frame,
                        [words],
                        size=12,
                        is_bold=line == 0,
                        colour=WARNING if is_warned else QUIET if line == 0 else INK,
                        longest=90,
                    )
        return self

    def bars(
        self,
        title: str,
        names: Sequence[str],
        series: Mapping[str, Sequence[float | None]],
        *,
        highlight: Sequence[int] = (),
        number_format: str = "0",
        empty: str = "",
    ) -> Deck:
        """Horizontal bars, the first name on top. series: name to one value per name (None is unknown); of several the
        later ones are quiet (a cap, last year). highlight: places of the first series that take the warning colour.
        """
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
        from pptx.util import Inches, Pt

        if not names:
            return self.statement(title, [], empty=empty)
        slide = self._titled(title)
        data = CategoryChartData(number_format=number_format)
        data.categories = [clean.line(name, longest=60) for name in names]
        for name, values in series.items():
            data.add_series(clean.line(name), [None if value is None else float(value) for value in values])
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_CLUSTERED, Inches(_LEFT), Inches(_TOP), Inches(_WIDE), Inches(_BOTTOM - _TOP), data
        )
        chart = frame.chart
        _east_asian(chart.font._rPr)
        chart.font.size, chart.font.name = Pt(12), _LATIN
        chart.has_title = False
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.category_axis.reverse_order = True
        chart.category_axis.has_major_gridlines = False
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale = 0
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
        for place, drawn in enumerate(plot.series):
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = _rgb(ACCENT if place == 0 else LINE)
        for place in highlight:
            point = plot.series[0].points[place]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _rgb(WARNING)
        return self

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    # -- beneath ------------------------------------------------------------------------------------------

    def _slide(self) -> Slide:
        slide = self._file.slides.add_slide(self._file.slide_layouts[6])
        self._text(slide, self._foot, top=7.0, height=0.3, size=10, colour=QUIET)
        return slide

    def _titled(self, title: str, *, is_more: bool = False) -> Slide:
        slide = self._slide()
        shown = _("{title} (continued)").format(title=title) if is_more else title
        self._text(slide, shown, top=0.45, height=0.9, size=24, is_bold=True, longest=160)
        return slide

    def _text(self, slide: Slide, *lines: str, top: float, height: float, size: int, **look: Any) -> None:
        from pptx.util import Inches

        box = slide.shapes.add_textbox(Inches(_LEFT), Inches(top), Inches(_WIDE), Inches(height))
        # Without it the box centres itself in LibreOffice.
        box.text_frame.word_wrap = True
        self._write(box.text_frame, lines, size=size, **look)

    def _write(
        self,
        frame: Any,
        lines: Sequence[str],
        *,
        size: int,
        is_bold: bool = False,
        colour: str = INK,
        longest: int = 300,
    ) -> None:
        from pptx.util import Pt

        for place, words in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = clean.line(words, longest=longest)
            run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, _LATIN
            run.font.color.rgb = _rgb(colour)
            _east_asian(run.font._rPr)


def _rgb(code: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code)


def _east_asian(properties: Any) -> None:
    """python-pptx names the Latin font alone; without this one, Chinese falls back to whatever the viewer has."""
    from pptx.oxml.ns import qn

    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    element = properties.makeelement(qn("a:ea"), {"typeface": _EAST_ASIAN})
    latin = properties.find(qn("a:latin"))
    # The schema's order: fill, latin, ea, cs.
    if latin is not None:
        latin.addnext(element)
    else:
        properties.append(element)
