"""Fields that people define: which there are, what they say, defining one, filling them from a file."""

from __future__ import annotations

import streamlit as st

from kam import portfolio
from kam.errors import BadInput
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table, relation_table
from kam.words import _, several


def custom_fields(frame: Frame) -> None:
    """The fields, their values over the accounts shown, and both ways of filling them."""
    fields = frame.store.read("portfolio.fields", order_by=[("field", False)]).records()
    record_table(
        [row | {"type": portfolio.FIELD_KINDS[row["kind"]], "offers": ", ".join(row["choices"])} for row in fields],
        [
            Column("field", _("Field")),
            Column("type", _("Type")),
            Column("offers", _("Choices")),
            Column("made_by", _("Defined by")),
            Column("made_on", _("On"), "date"),
        ],
        key="fields",
        title=_("Fields"),
        empty=_("No field is defined yet: define one below, then fill it on an account's page or from a file."),
    )
    if fields:
        relation_table(
            frame,
            "portfolio.custom_listed",
            {"as_of": frame.as_of},
            [
                Column("name", _("Account"), "account"),
                Column("field", _("Field")),
                Column("value", _("Value")),
                Column("source", _("Source")),
                Column("entered_on", _("Since"), "date"),
                Column("entered_by", _("By")),
            ],
            key="custom",
            title=_("Values of fields"),
            where=frame.narrowing(),
            search=("name", "value"),
            filters={"field": _("Field")},
            order_by=("name", False),
            empty=_("No field is filled yet: on an account's page, or from a file below."),
        )
        _from_file(frame)
    _define(frame)


def _from_file(frame: Frame) -> None:
    with form("fields.file", _("Take the file in"), is_primary=False) as taking:
        dropped = st.file_uploader(
            _("A CSV file with the columns account_id, field and value"),
            type=["csv"],
            key=f"fields.{taking.op_id}.file",
        )
    if taking.sent:
        with refusals_shown(taking):
            changed = portfolio.import_values(
                frame.store,
                _text(dropped),
                file_name=dropped.name,
                as_of=frame.as_of,
                who=frame.person,
                op_id=taking.op_id,
            )
            taking.done(several("{count} value changed.", "{count} values changed.", changed or 0))


def _text(dropped) -> str:
    if dropped is None:
        raise BadInput(_("Choose a file first."), reason="missing", field="file")
    return dropped.getvalue().decode("utf-8-sig", errors="replace")


def _define(frame: Frame) -> None:
    with form("fields.define", _("Define the field"), is_primary=False) as defining:
        field = st.text_input(_("New field"), max_chars=80, key=f"fields.{defining.op_id}.field")
        kind = st.selectbox(
            _("Type"),
            list(portfolio.FIELD_KINDS),
            format_func=portfolio.FIELD_KINDS.__getitem__,
            key=f"fields.{defining.op_id}.kind",
        )
        choices = st.text_input(
            _("Choices, with commas between (of a choice)"), max_chars=1000, key=f"fields.{defining.op_id}.choices"
        )
    if defining.sent:
        with refusals_shown(defining):
            portfolio.define_field(
                frame.store,
                field,
                kind,
                choices=choices.split(","),
                as_of=frame.as_of,
                who=frame.person,
                op_id=defining.op_id,
            )
            defining.done(_("The field {field} is defined.").format(field=field.strip()))
