"""Customers' people: whose data are overdue, handing them out, erasing them, and the texts that still name them."""

from __future__ import annotations

import streamlit as st

from kam import parameters, privacy
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import ACCOUNT, record_table, relation_table
from kam.words import _, several

_SHOWN = 120


def personal_data(frame: Frame) -> None:
    """Retention, a person's data handed out or erased, and texts to decide on."""
    held = parameters.value_at(frame.store, "privacy.contact_months", frame.as_of)
    months = held.value or 0.0
    arguments = {"as_of": frame.as_of, "months": months}
    overdue = frame.store.read("privacy.people", arguments, where=[Condition("is_overdue", "=", True)], limit=1).total
    st.write(
        several(
            "{count} person was last dealt with before the retention period: look whether their data are needed.",
            "{count} people were last dealt with before the retention period: look whether their data are needed.",
            overdue,
        )
        if overdue
        else _("Nobody is beyond the retention period.")
    )
    st.caption(_("Retention period: {months} months ({source}).").format(months=f"{months:g}", source=held.source))
    relation_table(
        frame,
        "privacy.people",
        arguments,
        [
            Column("name", _("Name")),
            Column("contact_id", _("Contact")),
            Column("account_id", _("Account")),
            Column("last_known_on", _("Last dealt with"), "date"),
        ],
        key="people",
        title=_("Customers' people, longest unseen first"),
        where=frame.narrowing_by_account(),
        search=("name", "contact_id", "email"),
        order_by=("last_known_on", False),
        opens=ACCOUNT,
        ids=("contact_id", "account_id"),
        empty=_("There is no contact yet: import the contacts first."),
    )
    _one_person(frame)
    _texts(frame)


def _one_person(frame: Frame) -> None:
    st.subheader(_("One person's data"), anchor=False)
    contact_id = st.text_input(_("Contact's id"), max_chars=200, key="privacy.contact", width=320).strip()
    if not contact_id:
        st.caption(_("Hand out everything that is held about a person, or erase it on request."))
        return
    with refusals_shown():
        document = privacy.exported_person(frame.store, contact_id, "json")
        for place, kind, content in zip(
            st.columns(2, width=420),
            ("JSON", "XLSX"),
            (document, privacy.exported_person(frame.store, contact_id, "xlsx")),
            strict=True,
        ):
            place.download_button(
                _("Download as {kind}").format(kind=kind),
                data=content,
                file_name=f"person.{kind.lower()}",
                on_click="ignore",
                icon=":material/download:",
                key=f"privacy.{kind}",
            )
        with form("erase", _("Erase this person's data"), is_primary=False) as asked:
            st.caption(
                _(
                    "There is no way back: name, title, e-mail, phone and what was observed go from tables and file, "
                    "and a later file does not bring them back. Backups made before keep them: delete those."
                )
            )
            reason = st.text_input(_("Reason"), max_chars=500, placeholder=_("The request and its date"))
            sure = st.text_input(_("The contact's id once more"), max_chars=200)
        if asked.sent:
            with refusals_shown(asked):
                privacy.confirmed(contact_id, sure)
                erased = privacy.erase_person(
                    frame.store, contact_id, reason=reason, who=frame.person, op_id=asked.op_id
                )
                asked.done(erased.message if erased else _("This was done already."))


def _texts(frame: Frame) -> None:
    traces = privacy.open_traces(frame.store)
    if not traces:
        return
    st.subheader(
        several("{count} text names an erased person", "{count} texts name erased persons", len(traces)), anchor=False
    )
    record_table(
        [vars(each) | {"text": each.text[:_SHOWN], "where": f"{each.relation}.{each.column}"} for each in traces],
        [
            Column("trace_id", _("Number")),
            Column("contact_id", _("Contact")),
            Column("where", _("Where")),
            Column("text", _("Text")),
            Column("rows", _("Rows"), "count"),
        ],
        key="traces",
        title=_("Texts to decide on"),
        empty="",
    )
    with form("trace", _("Decide")) as asked:
        chosen = st.selectbox(_("Text"), [each.trace_id for each in traces], format_func=str, width=160)
        what = st.radio(
            _("It is"),
            ["keep", "erase"],
            format_func={
                "keep": _("kept, as it is needed"),
                "erase": _("erased: the whole text"),
            }.__getitem__,
        )
        reason = st.text_input(_("Why"), max_chars=500)
    if asked.sent:
        with refusals_shown(asked):
            privacy.decide_trace(
                frame.store, chosen, erase=what == "erase", reason=reason, who=frame.person, op_id=asked.op_id
            )
            asked.done(_("Text {number} is decided.").format(number=chosen))
