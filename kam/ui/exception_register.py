"""The register of exceptions on screen: asking, the programme's answer, and every request that was made."""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

_ANSWERED = "exceptions.answered"


def exceptions(frame: Frame) -> None:
    """How many were asked and refused, the request form with its answer, and the register."""
    years = frame.store.read("selection.exception_years", order_by=[("year", True)]).records()
    this_year = next(
        (row for row in years if row["year"] == frame.as_of.year), {"request_count": 0, "refused_count": 0}
    )
    asked = several("{count} request", "{count} requests", this_year["request_count"])
    refused = several("{count} refused", "{count} refused", this_year["refused_count"])
    st.markdown(
        "**"
        + _("{year}: {asked}, {refused}.").format(year=frame.as_of.year, asked=asked, refused=refused)
        + "** "
        + _("There is no override for any role; what can change is the criteria set, for everyone, from a date.")
    )
    _ask(frame)
    relation_table(
        frame,
        "selection.exception_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("outcome", _("Outcome"), "status"),
            Column("asked_by", _("Asked by")),
            Column("requested_on", _("Asked on"), "date"),
            Column("ground", _("Ground"), "words"),
            Column("evidence", _("What it rests on")),
            Column("answer", _("Answer")),
        ],
        more=[
            Column("source", _("Source")),
            Column("verdict", _("Verdict"), "status"),
            Column("recorded_by", _("Recorded by")),
        ],
        key="exceptions",
        title=_("Register of exceptions"),
        where=frame.narrowing_by_account(),
        search=("name", "asked_by", "evidence"),
        order_by=("requested_on", True),
        ids=("request_id", "account_id"),
        empty=_("Nobody has asked for an exception."),
    )
    record_table(
        [row | {"year": str(row["year"])} for row in years],
        [
            Column("year", _("Year")),
            Column("request_count", _("Asked"), "count"),
            Column("refused_count", _("Refused"), "count"),
            Column("ground_count", _("On a forbidden ground"), "count"),
        ],
        key="exceptions.years",
        title=_("Exceptions by year"),
        empty="",
    )


def _ask(frame: Frame) -> None:
    if selection.adopted(frame.store, frame.as_of) is None:
        st.info(_("No criteria hold on this day, so there is nothing to make an exception from."))
        return
    _answer_shown(frame)
    with st.expander(_("Ask for an exception"), expanded=bool(frame.account_id)):
        account_id = choose_account(frame, key="exceptions", chosen=frame.account_id)
        with form("exceptions.ask", _("Record the request"), border=False) as asking:
            ground = st.selectbox(
                _("Ground"),
                list(selection.EXCEPTION_GROUNDS),
                index=None,
                format_func=selection.EXCEPTION_GROUNDS.__getitem__,
                placeholder=_("What the request rests on"),
                key=f"exceptions.{asking.op_id}.ground",
            )
            evidence = st.text_area(
                _("In their words"), max_chars=2000, placeholder=_("Why this account should be let in")
            )
            asked_by = st.text_input(_("Asked by"), max_chars=120)
        if asking.sent:
            with refusals_shown(asking):
                request = selection.request_exception(
                    frame.store,
                    account_id or "",
                    ground or "",
                    evidence=evidence,
                    asked_by=asked_by,
                    as_of=frame.as_of,
                    who=frame.person,
                    op_id=asking.op_id,
                )
                st.session_state[_ANSWERED] = request
                asking.done(_("The request is recorded with its answer."))


def _answer_shown(frame: Frame) -> None:
    """The answer to the request that was just made."""
    request = st.session_state.pop(_ANSWERED, None)
    if request is None:
        return
    told = f"{request.answer} {_('Source: {source}').format(source=request.source)}"
    if request.is_refused:
        st.error(escaped(f"{state(request.outcome).word.capitalize()}. {told}", longest=2000))
    else:
        st.success(escaped(told, longest=2000))
        link("candidates", _("See the candidate"), account=request.account_id)
