"""Parameters as people read them."""

from __future__ import annotations

from kam import parameters
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.words import _


def parameter_table(frame: Frame) -> None:
    """Every parameter on the day: meaning, value in its unit, from when, who says so."""
    record_table(
        [
            vars(one) | {"told": parameter_told(one), "origin": _("adopted") if one.is_adopted else _("shipped")}
            for one in parameters.listed(frame.store, frame.as_of)
        ],
        [
            Column("meaning", _("What it means")),
            Column("told", _("Value")),
            Column("unit", _("Unit")),
            Column("valid_from", _("From"), "date"),
            Column("source", _("Source")),
            Column("origin", _("Origin")),
            Column("parameter_id", _("Name in files")),
        ],
        key="parameters",
        title=_("Parameters"),
        empty="",
    )


def parameter_told(one: parameters.ListedParameter) -> str:
    """0.85, or what nobody has decided yet."""
    return _("undecided") if one.value is None else f"{one.value:,.6g}"


def adoptions_table(frame: Frame) -> None:
    """Every value that was adopted, newest first."""
    meanings = {name: shipped.meaning for name, shipped in parameters.defaults().items()}
    record_table(
        [
            row
            | {
                "meaning": meanings.get(row["parameter_id"], row["parameter_id"]),
                "told": _("unknown") if row["value"] is None else f"{row['value']:,.6g}",
            }
            for row in parameters.adoptions(frame.store)
        ],
        [
            Column("meaning", _("What it means")),
            Column("told", _("Value")),
            Column("unit", _("Unit")),
            Column("valid_from", _("From"), "date"),
            Column("source", _("Source")),
            Column("adopted_by", _("Adopted by")),
            Column("adopted_at", _("On"), "datetime"),
        ],
        key="adopted",
        title=_("Adopted values"),
        empty=_("Nothing has been adopted yet: every value is the shipped one."),
    )
