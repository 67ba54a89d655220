"""A pack as a presentation: native charts and tables, in the clean deck or in the company's own template."""

from __future__ import annotations

import logging

from kam.documents import Deck
from kam.packs.document import MONEY, Bars, Curve, Map, Pack, Picture, Section, Table, Waterfall, figure_shown, shown
from kam.words import _

_log = logging.getLogger(__name__)
_FORMATS = {MONEY: "#,##0", "share": "0%", "count": "0"}
NUMERIC = (MONEY, "cents", "share", "count", "number", "points", "days")


def pack_deck(pack: Pack, *, template: bytes | None = None) -> bytes:
    """The .pptx. Raises BadInput where the template lacks a placeholder.

    A picture that cannot be drawn says so on its slide; the others stand.
    """
    deck = Deck(pack.title, pack.subtitle, foot=f"{pack.title} · {pack.foot}", as_of=pack.as_of, template=template)
    for section in pack.sections:
        _section(deck, section, pack.currency)
    return deck.content()


def _section(deck: Deck, section: Section, currency: str) -> None:
    if section.failed is not None:
        deck.statement(section.heading, [section.failed])
        return
    deck.begin(section.title)
    if section.figures:
        deck.figures([(figure.label, figure_shown(figure, currency)) for figure in section.figures])
    if section.lines:
        deck.lines(list(section.lines))
    for picture in section.pictures:
        try:
            _picture(deck, picture)
        except Exception:
            _log.exception("a chart of the section %s", section.key)
            deck.lines(
                [_("{chart}: it could not be drawn; its numbers stand in the table.").format(chart=picture.title)]
            )
    for table in section.tables:
        if not table.is_file_only:
            _table(deck, table, currency)


def _picture(deck: Deck, picture: Picture) -> None:
    common = {"caption": picture.title, "empty": picture.empty}
    match picture:
        case Bars():
            form = _FORMATS.get(picture.unit, "0")
            highlight = picture.highlight
            deck.bars(None, picture.names, picture.series, highlight=highlight, number_format=form, **common)
        case Waterfall():
            deck.waterfall(None, picture.steps, number_format=_FORMATS[MONEY], **common)
        case Curve():
            look = {"name": picture.name, "labels": picture.labels, "number_format": _FORMATS[MONEY]}
            deck.curve(None, picture.points, picture.marked, **look, **common)
        case Map():
            deck.points(None, picture.points, labels=picture.labels, ranges=picture.ranges, **common)


def _table(deck: Deck, table: Table, currency: str) -> None:
    """Amounts stand without their currency, which the heading names: a column of them stays narrow."""
    columns = table.columns[table.ids :]
    money = (MONEY, "cents")
    deck.table(
        None,
        [f"{label}, {currency}" if unit in money and currency else label for label, unit in columns],
        [
            [
                shown(cell, unit, "" if unit in money else currency).strip()
                for cell, (_label, unit) in zip(row[table.ids :], columns, strict=True)
            ]
            for row in table.shown_rows
        ],
        caption=table.caption,
        widths=table.widths,
        warned=[(row, column) for row, column in table.warned if row < len(table.shown_rows)],
        numeric=[at for at, (_label, unit) in enumerate(columns) if unit in NUMERIC],
        empty=table.empty,
    )
