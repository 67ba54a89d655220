"""Parameters as people read them."""

from __future__ import annotations

from kam import parameters
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.units import share
from kam.words import _


def parameter_table(frame: Frame) -> None:
    """Every parameter on the day: meaning, value in its unit, from when, who says so."""
    record_table(
        [
            vars(one)
            | {
                "meaning": _sentence(one.meaning),
                "told": value_told(one.value, one.unit),
                "origin": _("adopted") if one.is_adopted else _("shipped"),
            }
            for one in parameters.listed(frame.store, frame.as_of)
        ],
        [
            Column("meaning", _("What it means")),
            Column("told", _("Value")),
            Column("valid_from", _("From"), "date"),
            Column("source", _("Source")),
            Column("origin", _("Origin")),
            Column("parameter_id", _("Name in files")),
        ],
        key="parameters",
        title=_("Parameters"),
        empty="",
    )


def value_told(value: float | None, unit: str) -> str:
    """85.0 % per year, 5 accounts, or what nobody has decided yet."""
    if value is None:
        return _("undecided")
    if unit.startswith("share"):
        return f"{share(value)} {unit.removeprefix('share').strip()}".strip()
    return f"{value:,.6g} {unit}"


def _sentence(meaning: str) -> str:
    return meaning[:1].upper() + meaning[1:]


def adoptions_table(frame: Frame) -> None:
    """Every value that was adopted, newest first."""
    meanings = {name: shipped.meaning for name, shipped in parameters.defaults().items()}
    record_table(
        [
            row
            | {
                "meaning": _sentence(meanings.get(row["parameter_id"], row["parameter_id"])),
                "told": value_told(row["value"], row["unit"]),
            }
            for row in parameters.adoptions(frame.store)
        ],
        [
            Column("meaning", _("What it means")),
            Column("told", _("Value")),
            Column("valid_from", _("From"), "date"),
            Column("source", _("Source")),
            Column("adopted_by", _("Adopted by")),
            Column("adopted_at", _("On"), "datetime"),
        ],
        key="adopted",
        title=_("Adopted values"),
        empty=_("Nothing has been adopted yet: every value is the shipped one."),
    )
