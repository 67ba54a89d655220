"""A pack as one HTML file: self-contained, printed on A4 with a page for each section; pictures are drawn in it, and tell their numbers."""

from __future__ import annotations

import logging

from kam.documents import Page
from kam.documents.drawing import bars_svg, curve_svg, points_svg, waterfall_svg
from kam.packs.deck import NUMERIC
from kam.packs.document import MONEY, Bars, Curve, Map, Pack, Picture, Section, Table, Waterfall, figure_shown, shown
from kam.units import short_money
from kam.words import _

_log = logging.getLogger(__name__)


def pack_page(pack: Pack) -> bytes:
    """The .html. A picture that cannot be drawn says so in its place; the others stand."""
    page = Page(pack.title, pack.subtitle, is_wide=True, is_interactive=True)
    for at, section in enumerate(pack.sections):
        _section(page, section, pack.currency, is_first=at == 0 or section.key == "diff")
    return page.foot(pack.foot).content()


def _section(page: Page, section: Section, currency: str, *, is_first: bool) -> None:
    page.section(section.heading if section.failed else section.title, is_new_page=not is_first)
    if section.failed is not None:
        page.words(section.failed)
        return
    if section.figures:
        page.facts([(figure.label, figure_shown(figure, currency)) for figure in section.figures])
    if section.lines:
        page.lines(section.lines)
    for picture in section.pictures:
        page.caption(picture.title)
        try:
            drawn = _picture(picture, currency)
        except Exception:
            _log.exception("a chart of the section %s", section.key)
            page.words(_("This chart could not be drawn; its numbers stand in the table."))
            continue
        if drawn is None:
            page.words(picture.empty or _("This chart could not be drawn; its numbers stand in the table."))
        else:
            page.picture(drawn)
    for table in section.tables:
        if table.is_file_only:
            continue
        page.caption(table.caption)
        _table(page, table, currency)


def _picture(picture: Picture, currency: str) -> str | None:
    def told(amount: float) -> str:
        return short_money(amount, currency)

    match picture:
        case Bars() if picture.names:
            by_unit = told if picture.unit == MONEY else lambda value: shown(value, picture.unit, currency)
            return bars_svg(picture.names, picture.series, told=by_unit, highlight=picture.highlight)
        case Waterfall() if picture.steps:
            return waterfall_svg(picture.steps, told=told)
        case Curve() if picture.points:
            return curve_svg(picture.points, picture.marked, name=picture.name, labels=picture.labels, told=told)
        case Map() if picture.points:
            return points_svg(picture.points, labels=picture.labels, ranges=picture.ranges)
    return None


def _table(page: Page, table: Table, currency: str) -> None:
    columns = table.columns[table.ids :]
    if not table.rows:
        page.words(table.empty)
        return
    page.table(
        [label for label, _unit in columns],
        [
            [shown(cell, unit, currency) for cell, (_label, unit) in zip(row[table.ids :], columns, strict=True)]
            for row in table.shown_rows
        ],
        numeric=[at for at, (_label, unit) in enumerate(columns) if unit in NUMERIC],
        warned=table.warned,
    )
