"""The seven steps on screen: where the change stands by its records, what was judged, and what the next stage needs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kam import benchmarking, change, units
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.states import state, status
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_VERDICTS = {"absent": "absent_step", "begun": "begun", "in_place": "in_place"}
_BASES = {
    "records": _("by the records"),
    "judgement": _("judged, no record speaks"),
    "none": _("no record and no judgement"),
}


def change_answer(frame: Frame) -> Sequence[change.StepState]:
    """How many of the seven steps are in place, and which lag."""
    found = change.step_states(frame.store, frame.as_of)
    in_place = sum(s.state == "in_place" for s in found)
    said = _("{count} of {all} steps are in place").format(count=in_place, all=len(found))
    lagging = [s.name for s in found if s.state == "absent"]
    unknown = [s.name for s in found if s.state is None]
    if lagging:
        said += "; " + _("absent: {names}").format(names=", ".join(lagging))
    if unknown:
        said += "; " + _("nothing is known of {names}").format(names=", ".join(unknown))
    st.markdown(f"**{escaped(said)}.**")
    return found


def change_steps(frame: Frame, found: Sequence[change.StepState]) -> None:
    """The board: each step with its state, the records behind it and the judgement beside it; then judging one."""
    for number, step in enumerate(found, 1):
        _card(number, step)
    st.caption(_("Steps after Ryals, How to succeed at key account management, HBR 13 July 2012 (3 to 7 as recalled)."))
    _judge(frame)


def change_stage(frame: Frame) -> None:
    """The stage of the latest round, and what the next one needs."""
    year = benchmarking.latest_year(frame.store, frame.as_of)
    if benchmarking.round_of(frame.store, year) is None:
        empty(
            _("The stage is unknown: no benchmark round has been opened."),
            _("Raters say what is in place; the stage follows from their scores."),
            page="benchmarking",
        )
        return
    found = benchmarking.results(frame.store, year, frame.as_of, for_whom=frame.person)
    following = benchmarking.next_stage(found.scores)
    now = _("The stage is unknown") if found.scores.stage is None else _("The programme is in the stage")
    st.markdown(f"**{now}** {status(found.scores.stage) if found.scores.stage else ''}")
    st.caption(
        _("By the round of {year}, {state}, as of {day}.").format(
            year=year, state=state("closed" if found.is_closed else "open").word, day=units.day(found.as_of)
        )
    )
    needs = benchmarking.stage_needs(found.scores, found.rules)
    if following is None:
        st.success(_("It is the last stage: what keeps it there is the next round."))
    else:
        st.markdown(_("**{stage}** needs:").format(stage=escaped(state(following).word.capitalize())))
        st.markdown("\n".join(f"- {escaped(need, longest=600)}" for need in needs))
    lacking = [s for s in change.step_states(frame.store, frame.as_of) if s.state != "in_place"]
    record_table(
        [
            {"step": s.name, "check": c.what, "found": c.found, "state": _met(c)}
            for s in lacking
            for c in s.checks
            if c.is_needed and not c.is_met
        ],
        [
            Column("step", _("Step")),
            Column("check", _("Not there yet")),
            Column("found", _("What the records say")),
            Column("state", _("State"), "status"),
        ],
        key="stage_lacks",
        title=_("What the records lack, whatever the stage"),
        empty=_("Every step is in place by the records."),
    )


def _card(number: int, step: change.StepState) -> None:
    with st.container(border=True):
        code = "unknown" if step.state is None else _VERDICTS[step.state]
        st.markdown(f"**{number} · {escaped(step.name)}** {status(code)} {_BASES[step.basis]}")
        record_table(
            [{"what": c.what, "found": c.found, "state": _met(c)} for c in step.checks],
            [
                Column("what", _("Record")),
                Column("found", _("What it says")),
                Column("state", _("State"), "status"),
            ],
            key=f"step_{step.step}",
            title=step.name,
            empty="",
        )
        if step.judgement:
            st.caption(
                _("Judged {verdict} by {who} on {day}, evidence of {evidence_on}: {evidence}").format(
                    verdict=state(_VERDICTS[step.judgement["verdict"]]).word,
                    who=escaped(step.judgement["judged_by"]),
                    day=units.day(step.judgement["judged_on"]),
                    evidence_on=units.day(step.judgement["evidence_on"]),
                    evidence=escaped(step.judgement["evidence"], longest=600),
                )
            )
        pages = dict.fromkeys(c.page for c in step.checks if c.page != "change")
        with st.container(horizontal=True):
            for page in pages:
                link(page)


def _judge(frame: Frame) -> None:
    st.subheader(_("Judge a step"), anchor=False)
    st.caption(_("A judgement gives the state only where no record speaks; elsewhere it stands beside the records."))
    with form("judge_step", _("Record the judgement")) as judging:
        what, how, when = st.columns(3)
        step = what.selectbox(_("Step"), list(change.STEPS), format_func=change.STEPS.__getitem__)
        verdict = how.selectbox(
            _("It is"), list(change.STATES), index=1, format_func=lambda v: state(_VERDICTS[v]).word
        )
        evidence_on = when.date_input(_("Evidence of"), value=frame.as_of, format="YYYY-MM-DD")
        evidence = st.text_area(_("What shows it"), max_chars=2000)
    if judging.sent:
        with refusals_shown(judging):
            change.judge_step(
                frame.store,
                step,
                verdict=verdict,
                evidence=evidence,
                evidence_on=evidence_on,
                as_of=frame.as_of,
                who=frame.person,
                op_id=judging.op_id,
            )
            judging.done(_("The judgement of “{step}” is recorded.").format(step=change.STEPS[step]))


def _met(check: change.Check) -> str:
    if check.is_met is None:
        return "unknown" if check.is_needed else "not_needed"
    return "met" if check.is_met else "not_met"
