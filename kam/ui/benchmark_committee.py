"""The committee's round on screen: where it stands, its agenda, minutes, decisions, and the renewal of the roster."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from kam import benchmarking, change
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.pack_files import annual_downloads
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.words import _, several

_PHASES = {
    "open": _("open"),
    "rated": _("rated"),
    "compared": _("compared"),
    "decided": _("decided"),
    "closed": _("closed"),
}
_NEXT = {
    "open": ("rated", _("Take the ratings as they are"), _("From then on no rating is changed.")),
    "rated": ("compared", _("The comparison was discussed"), _("Last year, references, records, what customers say.")),
    "compared": ("decided", _("The decisions are taken"), _("At least one decision stands, with owner and day.")),
}


def round_committee(frame: Frame, held: benchmarking.Round, found: benchmarking.Results) -> None:
    """Everything the committee does in a round, in its order."""
    phase = benchmarking.phase_of(frame.store, held)
    at = benchmarking.PHASES.index(phase)
    st.markdown(" → ".join(f"**{_PHASES[p]}**" if n == at else _PHASES[p] for n, p in enumerate(benchmarking.PHASES)))
    _agenda(frame, found)
    decisions = frame.store.read(
        "change.milestone_list",
        {"as_of": frame.as_of},
        where=[Condition("origin", "=", "round"), Condition("origin_key", "=", str(held.year))],
        order_by=[("due_on", False)],
    ).records()
    st.subheader(_("Decisions of the round, on the roadmap"), anchor=False)
    record_table(
        [row | {"step_name": change.STEPS.get(row["step"])} for row in decisions],
        [
            Column("milestone", _("Decision")),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("milestone_state", _("State"), "status"),
            Column("step_name", _("Step")),
            Column("outcome", _("Outcome")),
        ],
        key="round_decisions",
        title=_("Decisions of the round, on the roadmap"),
        empty=_("Nothing has been decided in this round yet."),
    )
    link("change", _("The roadmap"), tab=_("Roadmap"))
    _renewal(frame)
    if held.state == "open":
        left, right = st.columns(2, gap="large")
        with left:
            _decide(frame, held)
        with right:
            _step(frame, held, phase)
    _minutes(frame, held)
    _report(frame, held)


def _agenda(frame: Frame, found: benchmarking.Results) -> None:
    """What is to be looked at, from what the round and the records show."""
    scores = found.scores
    disputed = sum(item.is_disputed for d in scores.dimensions for item in d.items)
    behind = [d.name for d in sorted(scores.dimensions, key=lambda d: d.score if d.score is not None else 101)[:2]]
    customers = benchmarking.priorities(frame.store, found.as_of, for_whom=frame.person)
    concerns = [a.attribute for a in customers.picture.attributes if a.quadrant == "concentrate"]
    practices = frame.store.read("benchmarking.practice_list", {"as_of": frame.as_of}).records()
    undecided = sum(p["practice_state"] == "undecided" for p in practices)
    due = sum(p["practice_state"] == "follow_up_due" for p in practices)
    late = sum(
        m["milestone_state"] == "overdue" for m in frame.store.read("change.milestone_list", {"as_of": frame.as_of})
    )
    st.subheader(_("Agenda"), anchor=False)
    record_table(
        [
            {
                "what": _("Where raters disagree"),
                "found": several("{count} item: hear both sides", "{count} items: hear both sides", disputed)
                if disputed
                else _("nowhere"),
            },
            {"what": _("The weakest dimensions"), "found": ", ".join(behind)},
            {
                "what": _("What customers ask us to concentrate on"),
                "found": ", ".join(concerns)
                if concerns and not customers.is_small
                else _("too few have answered, or nothing"),
            },
            {
                "what": _("Best practices"),
                "found": _("{undecided} to decide, {due} to look at again").format(undecided=undecided, due=due),
            },
            {
                "what": _("Milestones of the roadmap"),
                "found": several("{count} is overdue", "{count} are overdue", late),
            },
            {"what": _("Renewal of the roster"), "found": _("who enters and who leaves: the selection cycle below")},
        ],
        [Column("what", _("Item")), Column("found", _("What lies before the committee"))],
        key="round_agenda",
        title=_("Agenda"),
        empty="",
    )


def _renewal(frame: Frame) -> None:
    """The latest selection cycle: who enters and leaves."""
    st.subheader(_("Renewal of the roster"), anchor=False)
    cycle = frame.store.one(
        "selection.cycles",
        where=[Condition("as_of", "<=", frame.as_of), Condition("state", "!=", "abandoned")],
        order_by=[("as_of", True), ("cycle_id", True)],
    )
    if cycle is None:
        st.caption(_("No selection cycle has been opened: the roster is renewed by one."))
        link("cycles")
        return
    moving = frame.store.read(
        "selection.cycle_outcomes",
        {"of_cycle": cycle["cycle_id"]},
        where=[Condition("proposal", "one_of", ("enter", "leave"))],
        order_by=[("name", False)],
        limit=200,
    ).records()
    record_table(
        moving,
        [
            Column("name", _("Account"), "account"),
            Column("proposal", _("Proposed"), "status"),
            Column("decision", _("Decided"), "status"),
            Column("reason", _("Reason")),
        ],
        key="renewal",
        title=_("{name}, {state}: who enters and leaves").format(name=cycle["name"], state=state(cycle["state"]).word),
        empty=_("The latest selection cycle proposes no account to enter or leave."),
    )
    link("cycles", _("The selection cycle"))


def _decide(frame: Frame, held: benchmarking.Round) -> None:
    st.subheader(_("Record a decision"), anchor=False)
    with form(f"decide.{held.year}", _("Record the decision")) as deciding:
        decision = st.text_input(_("What is decided"), max_chars=500)
        owner = st.text_input(_("Owner"), max_chars=120)
        due_on = st.date_input(_("Due"), value=frame.as_of + timedelta(days=180), format="YYYY-MM-DD")
        step = st.selectbox(_("Step that it serves"), list(change.STEPS), format_func=change.STEPS.__getitem__)
    if deciding.sent:
        with refusals_shown(deciding):
            benchmarking.decide_in_round(
                frame.store,
                held.year,
                step=step,
                decision=decision,
                owner=owner,
                due_on=due_on,
                as_of=frame.as_of,
                who=frame.person,
                op_id=deciding.op_id,
            )
            deciding.done(_("The decision stands on the roadmap."))


def _step(frame: Frame, held: benchmarking.Round, phase: str) -> None:
    if phase not in _NEXT:
        st.subheader(_("Next: close the round"), anchor=False)
        st.caption(_("The tab Close freezes scores, records and comparison."))
        return
    following, label, said = _NEXT[phase]
    st.subheader(_("Next: {phase}").format(phase=_PHASES[following]), anchor=False)
    with form(f"phase.{held.year}.{following}", label, is_primary=False) as stepping:
        present = st.text_input(_("Present"), max_chars=500)
        minutes = st.text_area(_("Minutes"), max_chars=20_000, height=140, placeholder=said)
    if stepping.sent:
        with refusals_shown(stepping):
            benchmarking.enter_phase(
                frame.store,
                held.year,
                following,
                minutes=minutes,
                present=present,
                as_of=frame.as_of,
                who=frame.person,
                op_id=stepping.op_id,
            )
            stepping.done(_("The round is {phase}.").format(phase=_PHASES[following]))


def _minutes(frame: Frame, held: benchmarking.Round) -> None:
    st.subheader(_("Minutes"), anchor=False)
    record_table(
        [row | {"step": _PHASES[row["phase"]]} for row in benchmarking.phases(frame.store, held)],
        [
            Column("step", _("Step")),
            Column("entered_on", _("Day"), "date"),
            Column("present", _("Present")),
            Column("minutes", _("Minutes")),
            Column("entered_by", _("Written by")),
        ],
        key="round_minutes",
        title=_("Minutes"),
        empty=_("No minutes have been written in this round."),
    )


def _report(frame: Frame, held: benchmarking.Round) -> None:
    """The annual report as presentation, workbook and page, by the rules of the packs."""
    st.subheader(_("Annual report"), anchor=False)
    if held.state == "open":
        st.caption(_("The round is open: the report shows its figures as they are today, and says so."))
    annual_downloads(frame, held.year)
