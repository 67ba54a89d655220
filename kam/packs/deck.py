"""A pack as a presentation: native charts and tables, in the clean deck or in the company's own template."""

from __future__ import annotations

from kam.documents import Deck
from kam.packs.document import MONEY, Bars, Curve, Map, Pack, Picture, Section, Table, Waterfall, figure_shown, shown
from kam.words import _

_FORMATS = {MONEY: "#,##0", "share": "0%", "count": "0"}
NUMERIC = (MONEY, "cents", "share", "count", "number", "points", "days")


def pack_deck(pack: Pack, *, template: bytes | None = None) -> bytes:
    """The .pptx. Raises BadInput where the template lacks a placeholder.

    A picture that cannot be drawn says so on its slide; the others stand.
    """
    deck = Deck(pack.title, pack.subtitle, foot=f"{pack.title} · {pack.foot}", template=template)
    for section in pack.sections:
        _section(deck, section, pack.currency)
    return deck.content()


def _section(deck: Deck, section: Section, currency: str) -> None:
    if section.failed is not None:
        deck.statement(section.heading, [section.failed])
        return
    if section.figures or section.lines:
        figures = [(figure.label, figure_shown(figure, currency)) for figure in section.figures]
        deck.figures(section.title, figures, list(section.lines))
    for at, picture in enumerate(section.pictures):
        title = picture.title if section.figures or section.lines or at else section.title
        try:
            _picture(deck, title, picture)
        except Exception:
            deck.statement(title, [_("This chart could not be drawn; its numbers stand in the table.")])
    for at, table in enumerate(section.tables):
        has_head = section.figures or section.lines or section.pictures or at
        _table(deck, table.title if has_head else section.title, table, currency)


def _picture(deck: Deck, title: str, picture: Picture) -> None:
    money = _FORMATS[MONEY]
    match picture:
        case Bars():
            deck.bars(
                title,
                picture.names,
                picture.series,
                highlight=picture.highlight,
                number_format=_FORMATS.get(picture.unit, "0"),
                empty=picture.empty,
            )
        case Waterfall():
            deck.waterfall(title, picture.steps, number_format=money, empty=picture.empty)
        case Curve():
            deck.curve(
                title,
                picture.points,
                picture.marked,
                name=picture.name,
                labels=picture.labels,
                number_format=money,
                empty=picture.empty,
            )
        case Map():
            deck.points(title, picture.points, labels=picture.labels, ranges=picture.ranges, empty=picture.empty)


def _table(deck: Deck, title: str, table: Table, currency: str) -> None:
    columns = table.columns[table.ids :]
    deck.table(
        title,
        [label for label, _unit in columns],
        [
            [shown(cell, unit, currency) for cell, (_label, unit) in zip(row[table.ids :], columns, strict=True)]
            for row in table.rows
        ],
        widths=table.widths,
        warned=table.warned,
        numeric=[at for at, (_label, unit) in enumerate(columns) if unit in NUMERIC],
        empty=table.empty,
    )
