"""The champion on screen: who carries the programme, what is missing, the top team's agenda, the roadshow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import programme, units
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

_BODIES = (_("Board"), _("Executive committee"), _("Management meeting"))
_FUNCTIONS = (
    _("Sales"),
    _("Operations"),
    _("Supply chain"),
    _("Finance"),
    _("Product management"),
    _("Research and development"),
    _("Service"),
    _("Quality"),
    _("Information technology"),
    _("People and organisation"),
)
_LEVELS = {
    "board": _("Board"),
    "c_level": _("C-level"),
    "vice_president": _("Vice president"),
    "director": _("Director"),
    "below": _("Below director"),
}


def functions() -> list[str]:
    """Functions of a company that are offered; another can be typed."""
    return list(_FUNCTIONS)


def champion_answer(frame: Frame) -> None:
    """Who is champion on the day, in a line of facts, and what is missing."""
    held = programme.champion_on(frame.store, frame.as_of)
    if held:
        facts(
            [
                (_("KAM champion"), held["name"]),
                (_("Reports to"), f"{held['reports_to']} ({_LEVELS[held['reports_to_level']]})"),
                (_("Time set aside"), units.share(held["time_share"], decimals=0)),
                (_("Term"), _until(held["from_on"], held["until_on"])),
                (_("Successor"), held["successor"] or _("nobody named")),
            ]
        )
    found = programme.champion_warnings(frame.store, frame.as_of)
    if not found:
        st.success(_("The programme has its champion, with level, time and a place on the top team's agenda."))
        return
    record_table(
        [vars(warning) for warning in found],
        [
            Column("rule", _("Missing"), "status"),
            Column("message", several("{count} thing is missing", "{count} things are missing", len(found))),
            Column("source", _("Whose rule")),
        ],
        key="champion_warnings",
        title=_("What is missing"),
        empty="",
    )


def champion_terms(frame: Frame) -> None:
    """Every term, and the forms that appoint and amend."""
    terms = frame.store.read(
        "programme.champion_terms", {"as_of": frame.as_of}, order_by=[("from_on", True), ("term_id", True)]
    ).records()
    record_table(
        [term | {"level": _LEVELS[term["reports_to_level"]]} for term in terms],
        [
            Column("name", _("Champion")),
            Column("term_state", _("Term"), "status"),
            Column("from_on", _("From"), "date"),
            Column("until_on", _("Until"), "date"),
            Column("reports_to", _("Reports to")),
            Column("level", _("Level")),
            Column("time_share", _("Time"), "share", decimals=0),
            Column("successor", _("Successor")),
            Column("reason", _("Why it stands so")),
        ],
        key="terms",
        title=_("Champions"),
        empty=_("Nobody has been appointed yet."),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Appoint a champion"), anchor=False)
        with form("appoint_champion", _("Appoint")) as appointing:
            term, reason = _term_inputs(None, frame.as_of)
        if appointing.sent:
            with refusals_shown(appointing):
                programme.appoint_champion(
                    frame.store, term, reason=reason, as_of=frame.as_of, who=frame.person, op_id=appointing.op_id
                )
                appointing.done(
                    _("{name} is champion from {day} on.").format(name=term.name, day=units.day(term.from_on))
                )
    with right:
        st.subheader(_("Amend a term"), anchor=False)
        _amend(frame, {term["term_id"]: term for term in terms})


def _amend(frame: Frame, terms: Mapping[int, Mapping[str, Any]]) -> None:
    if not terms:
        st.caption(_("There is no term to amend yet: a successor or an earlier end is written here."))
        return
    number = st.selectbox(
        _("Term of"),
        list(terms),
        format_func=lambda at: f"{terms[at]['name']}, {_until(terms[at]['from_on'], terms[at]['until_on'])}",
        key="amend.term",
    )
    # The key names the statement that was on the screen.
    with form(f"amend.{number}.{terms[number]['record_id']}", _("Amend the term"), is_primary=False) as amending:
        term, reason = _term_inputs(terms[number], frame.as_of)
    if amending.sent:
        with refusals_shown(amending):
            programme.amend_champion(
                frame.store, number, term, reason=reason, as_of=frame.as_of, who=frame.person, op_id=amending.op_id
            )
            amending.done(_("The term of {name} is amended.").format(name=term.name))


def _term_inputs(before: Mapping[str, Any] | None, as_of: date) -> tuple[programme.Term, str]:
    held = before or {}
    name = st.text_input(_("Name"), value=held.get("name", ""), max_chars=120)
    reports_to = st.text_input(_("Reports to"), value=held.get("reports_to", ""), max_chars=120)
    levels = list(_LEVELS)
    level = st.selectbox(
        _("At which level"),
        levels,
        index=levels.index(held.get("reports_to_level", "c_level")),
        format_func=_LEVELS.__getitem__,
    )
    percent = st.number_input(
        _("Share of time, %"),
        min_value=0,
        max_value=100,
        step=5,
        value=None if held.get("time_share") is None else round(held["time_share"] * 100),
        placeholder=_("None set aside"),
    )
    first, last = st.columns(2)
    from_on = first.date_input(_("First day"), value=held.get("from_on", as_of), format="YYYY-MM-DD")
    until_on = last.date_input(_("Last day, if any"), value=held.get("until_on"), format="YYYY-MM-DD")
    successor = st.text_input(_("Successor, if named"), value=held.get("successor") or "", max_chars=120)
    reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with the decision"))
    share = None if percent is None else percent / 100
    return programme.Term(name, reports_to, level, share, from_on, until_on, successor), reason


def champion_agenda(frame: Frame) -> None:
    """Key account management on the top team's agenda: what came of it, and what is ahead."""
    relation_table(
        frame,
        "programme.agenda_list",
        {"as_of": frame.as_of},
        [
            Column("subject", _("About")),
            Column("held_on", _("Day"), "date"),
            Column("body", _("Meeting")),
            Column("item_state", _("State"), "status"),
            Column("outcome", _("Outcome")),
            Column("decision", _("Decision")),
        ],
        key="agenda",
        title=_("On the top team's agenda"),
        order_by=("held_on", True),
        opens=None,
        ids=("item_id",),
        empty=_("Key account management has not been on the top team's agenda: record the meetings at which it was."),
        rows_per_page=10,
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Put on the agenda"), anchor=False)
        with form("agenda", _("Record the item")) as recording:
            body = st.selectbox(_("Meeting"), list(_BODIES), accept_new_options=True)
            held_on = st.date_input(_("Day"), value=frame.as_of, format="YYYY-MM-DD")
            subject = st.text_input(_("About"), max_chars=500)
            outcome = st.text_area(_("Outcome"), max_chars=2000, placeholder=_("Empty while it is still ahead"))
            decision = st.text_area(_("Decision, if any"), max_chars=2000)
        if recording.sent:
            with refusals_shown(recording):
                programme.put_on_agenda(
                    frame.store,
                    body=body or "",
                    held_on=held_on,
                    subject=subject,
                    outcome=outcome,
                    decision=decision,
                    as_of=frame.as_of,
                    who=frame.person,
                    op_id=recording.op_id,
                )
                recording.done(_("The agenda item of {day} is recorded.").format(day=units.day(held_on)))
    with right:
        st.subheader(_("Write the outcome"), anchor=False)
        _write_outcome(frame)


def _write_outcome(frame: Frame) -> None:
    waiting = {
        item["item_id"]: item
        for item in frame.store.read(
            "programme.agenda_list",
            {"as_of": frame.as_of},
            where=[Condition("outcome", "is_missing")],
            order_by=[("held_on", False)],
        )
    }
    if not waiting:
        st.caption(_("Every item on record has its outcome."))
        return
    item_id = st.selectbox(
        _("Agenda item"),
        list(waiting),
        format_func=lambda at: f"{units.day(waiting[at]['held_on'])}, {waiting[at]['subject']}",
        key="outcome.item",
    )
    with form(f"outcome.{item_id}", _("Write it down"), is_primary=False) as writing:
        outcome = st.text_area(_("What came of it"), max_chars=2000)
        decision = st.text_area(_("What was decided, if anything"), max_chars=2000)
        version = writing.version(waiting[item_id]["version"])
    if writing.sent:
        with refusals_shown(writing):
            programme.write_outcome(
                frame.store,
                item_id,
                outcome=outcome,
                decision=decision,
                as_of=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=writing.op_id,
            )
            writing.done(_("The outcome is written down."))


def champion_roadshow(frame: Frame) -> None:
    """Where the programme was explained, which functions have heard it and which have not."""
    reach = frame.store.read(
        "programme.roadshow_reach", {"as_of": frame.as_of}, order_by=[("last_on", True), ("function", False)]
    ).records()
    st.markdown(f"**{escaped(_reach_told(reach))}**")
    record_table(
        reach,
        [
            Column("function", _("Function")),
            Column("event_count", _("Events"), "count"),
            Column("people_count", _("People"), "count"),
            Column("last_on", _("Last"), "date"),
        ],
        key="reach",
        title=_("Functions reached"),
        empty=_("The programme has not been explained to any function yet."),
    )
    relation_table(
        frame,
        "programme.roadshow_events",
        None,
        [
            Column("held_on", _("Day"), "date"),
            Column("function", _("Function")),
            Column("place", _("Where")),
            Column("held_by", _("By")),
            Column("people_count", _("People"), "count"),
            Column("questions", _("Questions raised")),
        ],
        key="roadshow",
        title=_("Roadshow log"),
        where=[Condition("held_on", "<=", frame.as_of)],
        search=("function", "place", "held_by", "questions"),
        order_by=("held_on", True),
        opens=None,
        ids=("event_id",),
        empty=_("No event is on record up to this day."),
        rows_per_page=10,
    )
    st.subheader(_("Log an event"), anchor=False)
    with form("roadshow", _("Log it")) as logging, st.container():
        when, where, to = st.columns(3)
        held_on = when.date_input(_("Day"), value=frame.as_of, format="YYYY-MM-DD")
        place = where.text_input(_("Where"), max_chars=120)
        function = to.selectbox(_("To which function"), functions(), index=None, accept_new_options=True)
        who, many, _rest = st.columns(3)
        held_by = who.text_input(_("By whom"), value=frame.person.name, max_chars=120)
        people = many.number_input(_("How many people"), value=None, step=1, placeholder=_("Not counted"))
        questions = st.text_area(_("Questions raised"), max_chars=2000)
    if logging.sent:
        with refusals_shown(logging):
            programme.log_roadshow(
                frame.store,
                held_on=held_on,
                place=place,
                function=function or "",
                held_by=held_by,
                people_count=people,
                questions=questions,
                as_of=frame.as_of,
                who=frame.person,
                op_id=logging.op_id,
            )
            logging.done(_("The event of {day} is logged.").format(day=units.day(held_on)))


def _reach_told(reach: Sequence[Mapping[str, Any]]) -> str:
    heard = {row["function"].strip().casefold() for row in reach}
    never = [name for name in _FUNCTIONS if name.casefold() not in heard]
    said = several("{count} function has heard of the programme", "{count} functions have heard of it", len(reach))
    return _("{heard}; not yet: {never}").format(heard=said, never=", ".join(never)) if never else said


def _until(from_on: date, until_on: date | None) -> str:
    if until_on is None:
        return _("since {day}").format(day=units.day(from_on))
    return _("{begin} to {end}").format(begin=units.day(from_on), end=units.day(until_on))
