"""A pack as a workbook: a sheet per table with its ids, number formats, filters and frozen headings; text is never a formula."""

from __future__ import annotations

from kam.documents import Sheet, workbook
from kam.packs.document import MONEY, Bars, Curve, Map, Pack, Picture, Section, Waterfall, figure_shown
from kam.words import _


def pack_workbook(pack: Pack) -> bytes:
    """The .xlsx. Its last sheet says what it is; the first holds the findings and the figures of every section."""
    sheets = [_findings(pack)]
    for section in pack.sections:
        sheets += [
            Sheet(
                table.name, [label for label, _unit in table.columns], table.rows, [unit for _l, unit in table.columns]
            )
            for table in section.tables
        ]
        sheets += [sheet for picture in section.pictures if (sheet := _picture(section, picture))]
    notes = [(_("About"), pack.subtitle), (_("Source"), pack.foot), (_("Currency"), pack.currency)]
    return workbook(pack.title, sheets, notes, as_of=pack.as_of)


def _findings(pack: Pack) -> Sheet:
    rows = []
    for section in pack.sections:
        rows.append((section.heading, _("Finding"), section.failed or section.title, None))
        rows += [
            (section.heading, figure.label, figure_shown(figure, pack.currency), _number(figure.value))
            for figure in section.figures
        ]
        rows += [(section.heading, _("Note"), line, None) for line in section.lines]
    return Sheet(
        _("Summary"), [_("Section"), _("What"), _("Told"), _("Number")], rows, ["text", "text", "text", "number"]
    )


def _number(value: object) -> object:
    return None if isinstance(value, str) else value


def _picture(section: Section, picture: Picture) -> Sheet | None:
    """The numbers behind a picture that no table holds."""
    name = _("{section}, drawn").format(section=section.heading)
    match picture:
        case Bars() if picture.names:
            rows = [
                (label, *(values[at] for values in picture.series.values())) for at, label in enumerate(picture.names)
            ]
            return Sheet(name, ["", *picture.series], rows, ["text", *([picture.unit] * len(picture.series))])
        case Curve() if picture.points:
            return Sheet(name, list(picture.labels), picture.points, ["share", MONEY])
        case Map() if picture.points:
            return Sheet(name, [_("Name"), *picture.labels], picture.points, ["text", "count", "count"])
        case Waterfall() if picture.steps:
            return None  # the table of the section holds the same, to the cent
    return None
