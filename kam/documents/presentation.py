"""Presentations (.pptx) with native tables and charts, so that who gets one can go on working with it.

Deck is the kernel: a title, statements, tables that go on over several slides, bars with a limit. The title of a slide
states its finding; as-of date and source stand at its foot. Text from data is cleaned; charts hold their numbers.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kam.documents import clean, measuring
from kam.documents.native_charts import clustered_bars, cumulative_curve, named_points, stacked_waterfall
from kam.documents.palette import INK, LATIN, PALE, QUIET, WARNING, east_asian, rgb
from kam.documents.template import opened
from kam.words import _

if TYPE_CHECKING:
    from pptx.slide import Slide

PRESENTATION_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ROWS_PER_SLIDE = 14
# Inches on a slide of 13.333 × 7.5: left, top, width, height of the content.
_AREA = (0.6, 1.45, 12.13, 5.3)
_CELL_SIZE, _HEAD_SIZE, _LINE_SIZE = 12, 12, 16
_CELL_MARGIN = 0.12
_ROW_MARGIN = 0.1


class Deck:
    """A presentation as it grows; `content()` gives the file. template: the company's own, see `kam.documents.template`.

    Raises BadInput where the template lacks a placeholder.
    """

    def __init__(self, title: str, subtitle: str, *, foot: str, template: bytes | None = None) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._foot = foot
        self._area = _AREA
        self._cover = self._content = None
        if template is None:
            self._file = Presentation()
            self._file.slide_width, self._file.slide_height = Inches(13.333), Inches(7.5)
        else:
            self._file, self._cover, self._content = opened(template)
            self._area = self._content.area
        self._file.core_properties.title = clean.line(title)
        self._file.core_properties.author = "KAM Workbench"
        if self._cover is not None:
            slide = self._file.slides.add_slide(self._cover.layout)
            self._fill(slide, self._cover, "kam title", title)
            self._fill(slide, self._cover, "kam subtitle", subtitle)
            return
        slide = self._slide()
        self._text(slide, title, top=2.5, height=1.2, size=36, is_bold=True)
        self._text(slide, subtitle, top=3.8, height=2.0, size=18, colour=QUIET, longest=600)

    def statement(self, title: str, lines: Sequence[str], *, empty: str = "") -> Deck:
        """A finding with lines beneath it; on further slides what does not fit. empty: said where there is none."""
        _left, top, wide, tall = self._area
        pages: list[list[str]] = [[]]
        used = 0.0
        for line in [f"•  {clean.line(line, longest=400)}" for line in lines] or [empty]:
            takes = measuring.height(measuring.lines_taken(line, _LINE_SIZE, wide - 0.3), _LINE_SIZE) + 0.06
            if pages[-1] and used + takes > tall:
                pages.append([])
                used = 0.0
            pages[-1].append(line)
            used += takes
        for at, part in enumerate(pages):
            slide = self._titled(title, is_more=at > 0)
            self._text(slide, *part, top=top, height=tall, size=_LINE_SIZE, longest=410)
        return self

    def figures(self, title: str, figures: Sequence[tuple[str, str]], lines: Sequence[str] = ()) -> Deck:
        """Large figures with their labels, four in a row, and lines beneath; further lines on further slides."""
        left, top, wide, tall = self._area
        slide = self._titled(title)
        step, row = wide / 4, 0.95
        for at, (label, value) in enumerate(figures):
            place = {"left": left + step * (at % 4), "top": top + row * (at // 4), "wide": step - 0.1}
            self._text(slide, label, height=0.3, size=11, colour=QUIET, **place)
            self._text(slide, value, height=0.5, size=20, is_bold=True, **(place | {"top": place["top"] + 0.27}))
        below = top + row * -(-len(figures) // 4) + 0.1
        room, fits = top + tall - below, []
        for line in lines:
            takes = measuring.height(measuring.lines_taken(f"•  {line}", _LINE_SIZE, wide - 0.3), _LINE_SIZE) + 0.06
            if takes > room:
                break
            room -= takes
            fits.append(line)
        if fits:
            self._text(slide, *(f"•  {line}" for line in fits), top=below, height=top + tall - below, size=_LINE_SIZE)
        return self.statement(title, lines[len(fits) :]) if len(fits) < len(lines) else self

    def table(
        self,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float] | None = None,
        warned: Sequence[tuple[int, int]] = (),
        numeric: Sequence[int] = (),
        empty: str = "",
    ) -> Deck:
        """A table with its heading on each slide that it takes, as many rows on each as have room.

        widths: shares; warned: (row, column) in the warning colour; numeric: columns that stand on the right.
        """
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches, Pt

        if not rows:
            return self.statement(title, [], empty=empty)
        left, top, wide, tall = self._area
        shares = widths or [1.0] * len(headings)
        across = [wide * share / sum(shares) for share in shares]
        told = [
            [
                measuring.fitted(clean.line(words, longest=200), _CELL_SIZE, across[at] - 2 * _CELL_MARGIN, tall / 3)
                for at, words in enumerate(cells)
            ]
            for cells in [headings, *rows]
        ]
        heights = [_row_height(cells, across) for cells in told]
        for page, (begin, end) in enumerate(_pages(heights, tall)):
            slide = self._titled(title, is_more=page > 0)
            shown = [0, *range(begin, end)]
            frame = slide.shapes.add_table(
                len(shown),
                len(headings),
                Inches(left),
                Inches(top),
                Inches(wide),
                Inches(sum(heights[r] for r in shown)),
            )
            grid = frame.table
            grid.first_row, grid.horz_banding = True, False
            for column, inches in enumerate(across):
                grid.columns[column].width = Inches(inches)
            for line, row in enumerate(shown):
                grid.rows[line].height = Inches(heights[row])
                for column, words in enumerate(told[row]):
                    cell = grid.cell(line, column)
                    cell.margin_top = cell.margin_bottom = Pt(2)
                    cell.margin_left = cell.margin_right = Inches(_CELL_MARGIN / 1.5)
                    cell.fill.solid()
                    cell.fill.fore_color.rgb = rgb(PALE if line == 0 else "FFFFFF")
                    is_warned = line > 0 and (row - 1, column) in warned
                    self._write(
                        cell.text_frame,
                        [words],
                        size=_CELL_SIZE,
                        is_bold=line == 0,
                        colour=WARNING if is_warned else QUIET if line == 0 else INK,
                        longest=400,
                    )
                    if column in numeric:
                        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
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
        if not names:
            return self.statement(title, [], empty=empty)
        clustered_bars(self._titled(title), self._area, names, series, highlight=highlight, number_format=number_format)
        return self

    def waterfall(
        self, title: str, steps: Sequence[tuple[str, float, bool]], *, number_format: str, empty: str
    ) -> Deck:
        """Steps (label, amount, is total) from one total to the next, as stacked columns that stay editable."""
        if not steps:
            return self.statement(title, [], empty=empty)
        stacked_waterfall(self._titled(title), self._area, steps, number_format=number_format)
        return self

    def curve(
        self,
        title: str,
        points: Sequence[tuple[float, float]],
        marked: tuple[float, float] | None,
        *,
        name: str,
        labels: tuple[str, str],
        number_format: str,
        empty: str,
    ) -> Deck:
        """A curve over shares from 0 to 1, with one point of it marked by name."""
        if not points:
            return self.statement(title, [], empty=empty)
        cumulative_curve(
            self._titled(title), self._area, points, marked, name=name, labels=labels, number_format=number_format
        )
        return self

    def points(
        self,
        title: str,
        points: Sequence[tuple[str, float, float]],
        *,
        labels: tuple[str, str],
        ranges: tuple[tuple[float, float], tuple[float, float]],
        empty: str,
    ) -> Deck:
        """Named points between two axes."""
        if not points:
            return self.statement(title, [], empty=empty)
        named_points(self._titled(title), self._area, points, labels=labels, ranges=ranges)
        return self

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    # -- beneath ------------------------------------------------------------------------------------------

    def _slide(self) -> Slide:
        if self._content is not None:
            slide = self._file.slides.add_slide(self._content.layout)
            self._fill(slide, self._content, "kam foot", self._foot)
            held = slide.placeholders[self._content.places["kam content"]]
            held._element.getparent().remove(held._element)
            return slide
        slide = self._file.slides.add_slide(self._file.slide_layouts[6])
        self._text(slide, self._foot, top=7.0, height=0.3, size=10, colour=QUIET)
        return slide

    def _titled(self, title: str, *, is_more: bool = False) -> Slide:
        slide = self._slide()
        shown = _("{title} (continued)").format(title=title) if is_more else title
        if self._content is not None:
            self._fill(slide, self._content, "kam title", shown)
        else:
            self._text(slide, shown, top=0.45, height=0.9, size=24, is_bold=True, longest=200)
        return slide

    def _fill(self, slide: Slide, layout: Any, name: str, words: str) -> None:
        """Text into a placeholder of the template, in the template's own look."""
        frame = slide.placeholders[layout.places[name]].text_frame
        run = frame.paragraphs[0].add_run()
        run.text = clean.line(words, longest=300)
        east_asian(run.font._rPr)

    def _text(
        self,
        slide: Slide,
        *lines: str,
        top: float,
        height: float,
        size: int,
        left: float | None = None,
        wide: float | None = None,
        **look: Any,
    ) -> None:
        from pptx.util import Inches

        left, wide = self._area[0] if left is None else left, self._area[2] if wide is None else wide
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(wide), Inches(height))
        # Without it the box centres itself in LibreOffice.
        box.text_frame.word_wrap = True
        if len(lines) == 1:
            longest = look.get("longest", 300)
            lines = (measuring.fitted(clean.line(lines[0], longest=longest), size, wide - 0.2, height),)
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
            run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, LATIN
            run.font.color.rgb = rgb(colour)
            east_asian(run.font._rPr)


def _row_height(cells: Sequence[str], across: Sequence[float]) -> float:
    taken = (
        measuring.lines_taken(words, _CELL_SIZE, wide - 2 * _CELL_MARGIN)
        for words, wide in zip(cells, across, strict=True)
    )
    return measuring.height(max(taken), _CELL_SIZE) + _ROW_MARGIN


def _pages(heights: Sequence[float], tall: float) -> list[tuple[int, int]]:
    """(first row, row after the last) of each slide; row 0 is the heading, which every slide repeats."""
    pages, begin, used = [], 1, heights[0]
    for row in range(1, len(heights)):
        if row > begin and (used + heights[row] > tall or row - begin >= ROWS_PER_SLIDE):
            pages.append((begin, row))
            begin, used = row, heights[0]
        used += heights[row]
    return [*pages, (begin, len(heights))]
