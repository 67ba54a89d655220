"""Presentations (.pptx) with native tables and charts, so that who gets one can go on working with it.

Deck is the kernel: a title, statements, tables that go on over several slides, bars with a limit. The title of a slide
states its finding; as-of date and source stand at its foot. Text from data is cleaned; charts hold their numbers.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kam.documents import clean, measuring, office_file, table_cells
from kam.documents.native_charts import clustered_bars, cumulative_curve, named_points, stacked_waterfall
from kam.documents.palette import INK, LATIN, QUIET, east_asian, rgb
from kam.documents.template import opened
from kam.words import _

if TYPE_CHECKING:
    from pptx.slide import Slide

PRESENTATION_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ROWS_PER_SLIDE = 18
# Inches on a slide of 13.333 × 7.5: left, top, width, height of the content.
_AREA = (0.6, 1.45, 12.13, 5.3)
_CELL_SIZE, _LINE_SIZE, _TITLE_SIZE = 12, 16, 24
_TITLE_LINES = 2
_CELL_MARGIN = 0.12
_ROW_MARGIN = 0.1
_CAPTION = 0.32
_LEAST_CHART = 3.3
_BARS_MARGIN, _BAR = 0.5, 0.5


class Deck:
    """A presentation as it grows; `content()` gives the file. as_of: the day it is made for; template: the company's own, see `kam.documents.template`.

    Raises BadInput where the template lacks a placeholder.
    """

    def __init__(self, title: str, subtitle: str, *, foot: str, as_of: date, template: bytes | None = None) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._foot = foot
        self._area = _AREA
        self._title, self._on, self._y = title, None, _AREA[1]
        self._cover = self._content = None
        if template is None:
            self._file = Presentation()
            self._file.slide_width, self._file.slide_height = Inches(13.333), Inches(7.5)
        else:
            self._file, self._cover, self._content = opened(template)
            self._area = self._content.area
        self._as_of = as_of
        said = self._file.core_properties
        said.title, said.comments = clean.line(title), ""
        said.author = said.last_modified_by = office_file.AUTHOR
        said.created = said.modified = office_file.moment(as_of)
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
        return self.begin(title).lines(lines or [empty], is_marked=bool(lines))

    def begin(self, title: str) -> Deck:
        """A new slide; what is drawn without a title of its own goes on beneath what stands on it already."""
        self._title = title
        self._on = self._titled(title)
        self._y = self._area[1]
        return self

    def figures(self, figures: Sequence[tuple[str, str]]) -> Deck:
        """Large figures with their labels, four in a row, on the slide that was begun."""
        left, _top, wide, _tall = self._area
        step, row = wide / 4, 0.85
        self._make_room(row * -(-len(figures) // 4))
        for at, (label, value) in enumerate(figures):
            place = {"left": left + step * (at % 4), "top": self._y + row * (at // 4), "wide": step - 0.1}
            self._text(self._on, label, height=0.3, size=11, colour=QUIET, **place)
            size = 20 if measuring.lines_taken(value, 20, step - 0.3) == 1 else 14
            self._text(self._on, value, height=0.5, size=size, is_bold=True, **(place | {"top": place["top"] + 0.26}))
        self._y += row * -(-len(figures) // 4) + 0.05
        return self

    def lines(self, lines: Sequence[str], *, is_marked: bool = True) -> Deck:
        """Lines on the slide that was begun; on further slides what does not fit."""
        _left, _top, wide, _tall = self._area
        part: list[str] = []
        used = 0.1
        for line in lines:
            told = f"•  {clean.line(line, longest=400)}" if is_marked else clean.line(line, longest=400)
            takes = measuring.height(measuring.lines_taken(told, _LINE_SIZE, wide - 0.3), _LINE_SIZE) + 0.06
            if used + takes > self._room():
                self._put(part, used)
                self._continue()
                part, used = [], 0.1
            part.append(told)
            used += takes
        self._put(part, used)
        return self

    def table(
        self,
        title: str | None,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        caption: str = "",
        widths: Sequence[float] | None = None,
        warned: Sequence[tuple[int, int]] = (),
        numeric: Sequence[int] = (),
        empty: str = "",
    ) -> Deck:
        """A table with its heading on each slide that it takes, as many rows on each as have room.

        title: of a slide of its own, None for the one that was begun; widths: shares; warned: (row, column) in the warning
        colour; numeric: columns that stand on the right.
        """
        if title is not None:
            self.begin(title)
        if not rows:
            return self.lines([f"{caption}: {empty}" if caption else empty], is_marked=False)
        tall = self._area[3]
        shares = widths or [1.0] * len(headings)
        across = [self._area[2] * share / sum(shares) for share in shares]
        told = [
            [
                measuring.fitted(clean.line(words, longest=200), _CELL_SIZE, across[at] - 2 * _CELL_MARGIN, tall / 3)
                for at, words in enumerate(cells)
            ]
            for cells in [headings, *rows]
        ]
        heights = [_row_height(cells, across) for cells in told]
        above = _CAPTION if caption else 0.0
        # A heading with a row or two at the foot of a slide helps nobody.
        if self._y > self._area[1] and self._room() < above + sum(heights[:4]):
            self._continue()
        for page, (begin, end) in enumerate(_pages(heights, self._room() - above, tall - above)):
            if page:
                self._continue()
            if caption:
                self._caption(caption)
            shown = [0, *range(begin, end)]
            marked = {(row - begin + 1, column) for row0, column in warned if begin <= (row := row0 + 1) < end}
            self._grid([told[row] for row in shown], [heights[row] for row in shown], across, numeric, marked)
            self._y += sum(heights[row] for row in shown) + 0.2
        return self

    def bars(
        self,
        title: str | None,
        names: Sequence[str],
        series: Mapping[str, Sequence[float | None]],
        *,
        caption: str = "",
        highlight: Sequence[int] = (),
        number_format: str = "0",
        empty: str = "",
    ) -> Deck:
        """Horizontal bars, the first name on top. series: name to one value per name (None is unknown); of several the
        later ones are quiet (a cap, last year). highlight: places of the first series that take the warning colour.
        """
        area = self._chart_area(title, names, caption, empty, tall=_BARS_MARGIN + _BAR * len(names) * len(series))
        if area:
            clustered_bars(self._on, area, names, series, highlight=highlight, number_format=number_format)
        return self

    def waterfall(
        self,
        title: str | None,
        steps: Sequence[tuple[str, float, bool]],
        *,
        caption: str = "",
        number_format: str,
        empty: str,
    ) -> Deck:
        """Steps (label, amount, is total) from one total to the next, as stacked bars that stay editable."""
        area = self._chart_area(title, steps, caption, empty)
        if area:
            stacked_waterfall(self._on, area, steps, number_format=number_format)
        return self

    def curve(
        self,
        title: str | None,
        points: Sequence[tuple[float, float]],
        marked: tuple[float, float] | None,
        *,
        name: str,
        labels: tuple[str, str],
        number_format: str,
        empty: str,
        caption: str = "",
    ) -> Deck:
        """A curve over shares from 0 to 1, with one point of it marked by name."""
        area = self._chart_area(title, points, caption, empty)
        if area:
            cumulative_curve(self._on, area, points, marked, name=name, labels=labels, number_format=number_format)
        return self

    def points(
        self,
        title: str | None,
        points: Sequence[tuple[str, float, float]],
        *,
        labels: tuple[str, str],
        ranges: tuple[tuple[float, float], tuple[float, float]],
        empty: str,
        caption: str = "",
    ) -> Deck:
        """Named points between two axes."""
        area = self._chart_area(title, points, caption, empty)
        if area:
            named_points(self._on, area, points, labels=labels, ranges=ranges)
        return self

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._file.save(out)
        return office_file.timeless(out.getvalue(), self._as_of)

    # -- beneath ------------------------------------------------------------------------------------------

    def _room(self) -> float:
        return self._area[1] + self._area[3] - self._y

    def _continue(self) -> None:
        self._on = self._titled(self._title, is_more=True)
        self._y = self._area[1]

    def _make_room(self, inches: float) -> None:
        if self._room() < inches and self._y > self._area[1]:
            self._continue()

    def _put(self, lines: Sequence[str], takes: float) -> None:
        if lines:
            self._text(self._on, *lines, top=self._y, height=takes, size=_LINE_SIZE, longest=410)
            self._y += takes

    def _caption(self, words: str) -> None:
        self._text(self._on, words, top=self._y, height=_CAPTION, size=12, is_bold=True, colour=QUIET)
        self._y += _CAPTION

    def _chart_area(
        self, title: str | None, drawn: Sequence[Any], caption: str, empty: str, *, tall: float | None = None
    ) -> tuple[float, float, float, float] | None:
        """Where the chart goes: what is left of the slide, or the inches it needs; None where there is nothing to draw, which is then said."""
        if title is not None:
            self.begin(title)
        if not drawn:
            self.lines([f"{caption}: {empty}" if caption else empty], is_marked=False)
            return None
        self._make_room(min(_LEAST_CHART, self._area[3]))
        if caption:
            self._caption(caption)
        area = (self._area[0], self._y, self._area[2], min(self._room(), tall or self._room()))
        self._y += area[3]
        return area

    def _grid(
        self,
        cells: Sequence[Sequence[str]],
        heights: Sequence[float],
        across: Sequence[float],
        numeric: Collection[int],
        warned: Collection[tuple[int, int]],
    ) -> None:
        from pptx.util import Inches

        size = (Inches(self._area[0]), Inches(self._y), Inches(sum(across)), Inches(sum(heights)))
        table = self._on.shapes.add_table(len(cells), len(across), *size).table
        table.first_row, table.horz_banding = True, False
        for column, inches in enumerate(across):
            table.columns[column].width = Inches(inches)
        for line, inches in enumerate(heights):
            table.rows[line].height = Inches(inches)
        table_cells.fill(table, cells, size=_CELL_SIZE, margin=_CELL_MARGIN / 1.5, numeric=numeric, warned=warned)

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
        wide = self._area[2] - 0.2
        shown = clean.line(title, longest=200)
        if is_more:
            # The mark stays whole, whatever of the title has to go for it.
            mark = _("{title} (continued)").format(title="")
            # Three quarters of each line: words break whole.
            room = wide * _TITLE_LINES * 0.75 - measuring.width(mark, _TITLE_SIZE)
            kept = measuring.fitted(shown, _TITLE_SIZE, room, measuring.height(1, _TITLE_SIZE))
            shown = _("{title} (continued)").format(title=kept)
        if self._content is not None:
            self._fill(slide, self._content, "kam title", shown)
        else:
            self._text(slide, shown, top=0.45, height=0.9, size=_TITLE_SIZE, is_bold=True, longest=240)
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


def _pages(heights: Sequence[float], first: float, tall: float) -> list[tuple[int, int]]:
    """(first row, row after the last) of each slide; row 0 is the heading, which every slide repeats. first: inches that the
    first slide has left. As few slides as they take, each about as full as the others: a last slide with one row looks lost."""
    found = _filled(heights, first, tall, ROWS_PER_SLIDE)
    for less in range(1, 20):
        room = tall * (1 - less / 20)
        evener = _filled(heights, min(first, room), room, ROWS_PER_SLIDE)
        if len(evener) > len(found):
            break
        found = evener
    return found


def _filled(heights: Sequence[float], first: float, tall: float, most: int) -> list[tuple[int, int]]:
    pages, begin, used, room = [], 1, heights[0], first
    for row in range(1, len(heights)):
        if row > begin and (used + heights[row] > room or row - begin >= most):
            pages.append((begin, row))
            begin, used, room = row, heights[0], tall
        used += heights[row]
    return [*pages, (begin, len(heights))]
