"""A selection cycle on screen: which one, and its steps from open to in force."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from kam import programme, selection
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.cycle_deciding import decide, proposals, put_in_force
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import count, day, money
from kam.words import _, several

PAGE = "cycles"


def choose_cycle(frame: Frame) -> selection.Cycle | None:
    """The cycle that is looked at, the latest at first; None where there is none yet."""
    known = {cycle.cycle_id: cycle for cycle in selection.cycles(frame.store)}
    if not known:
        return None
    asked = st.query_params.get("cycle")
    ids = list(known)
    chosen = ids.index(int(asked)) if asked and asked.isdecimal() and int(asked) in known else 0
    number = st.selectbox(
        _("Selection cycle"),
        ids,
        index=chosen,
        format_func=lambda n: f"{known[n].name} · {state(known[n].state).word} · {day(known[n].as_of)}",
        key=f"cycles.chosen.{chosen}.{len(ids)}",
    )
    return known[number]


def cycle_told(frame: Frame, cycle: selection.Cycle) -> None:
    """The answer first: where the cycle is, and what it decided or proposes."""
    facts(
        [
            ("", state(cycle.state)),
            (_("judges"), day(cycle.as_of)),
            (_("decided on"), day(cycle.decided_on) if cycle.decided_on else None),
            (_("in force from"), day(cycle.in_force_on) if cycle.in_force_on else None),
            (_("present"), cycle.present or None),
        ]
    )
    counted = _counted(frame, cycle)
    says = {
        "open": _("Nothing is judged yet: assess every account, and the proposals follow."),
        "assessed": _("Proposed: {told}. People confirm; what fails a gate cannot be taken in."),
        "decided": _("Decided: {told}. It holds once it is put in force."),
        "in_force": _("Decided and in force: {told}."),
        "abandoned": _("Given up: {why}").format(why=escaped(cycle.conclusions, longest=1000)),
    }
    st.markdown(f"**{says[cycle.state].format(told=counted)}**")
    if cycle.conclusions and cycle.state != "abandoned":
        st.markdown(escaped(cycle.conclusions, longest=2000))


def cycle_steps(frame: Frame, cycle: selection.Cycle | None) -> None:
    """What is to be done next: open, assess, decide, put in force."""
    if cycle is not None:
        step = {"open": _assess, "assessed": _decide, "decided": put_in_force}.get(cycle.state)
        if step is not None:
            step(frame, cycle)
            _abandon(frame, cycle)
            return
        proposals(frame, cycle)
    _open(frame)


def cycles_table(frame: Frame) -> None:
    """Every cycle with its day, who was present, and how many entered, stayed, left and wait."""
    records = [
        vars(cycle)
        | {f"{name}_count": found for name, found in _counts(frame, cycle).items()}
        | {"cycle": cycle.cycle_id}
        for cycle in selection.cycles(frame.store)
    ]
    columns = [
        Column("name", _("Cycle")),
        Column("state", _("State"), "status"),
        Column("as_of", _("Judges"), "date"),
        Column("decided_on", _("Decided on"), "date"),
        Column("in_force_on", _("In force from"), "date"),
        Column("enter_count", _("Enter"), "count"),
        Column("stay_count", _("Stay"), "count"),
        Column("leave_count", _("Leave"), "count"),
        Column("wait_count", _("Wait"), "count"),
        Column("present", _("Present")),
        Column("conclusions", _("Conclusions")),
    ]
    title = _("Selection cycles")
    record_table(
        records,
        columns,
        key="cycles.all",
        title=title,
        opens=(PAGE, {"cycle": "cycle_id"}),
        empty=_("No cycle was opened yet."),
    )
    if records:
        record_downloads(frame, records, columns, key="cycles.all", title=title, ids=("cycle_id",))


def waiting_list(frame: Frame) -> None:
    """Accounts that are put forward or qualified and have no place."""
    rows = frame.store.read(
        "programme.states",
        {"as_of": frame.as_of},
        where=[Condition("state", "=", "nominated")],
        order_by=[("since", False), ("account_id", False)],
    ).records()
    records = [row | {"why": programme.CAUSES.get(row["cause"], row["cause"])} for row in frame.those_shown(rows)]
    columns = [
        Column("name", _("Account"), "account"),
        Column("since", _("Waiting since"), "date"),
        Column("why", _("Why")),
        Column("reason", _("What was said")),
        Column("owner", _("Account manager")),
    ]
    title = _("Waiting list")
    record_table(records, columns, key="waiting", title=title, empty=_("Nobody waits for a place."))
    if records:
        record_downloads(frame, records, columns, key="waiting", title=title)


def _counts(frame: Frame, cycle: selection.Cycle) -> Counter:
    rows = frame.store.read("selection.cycle_outcomes", {"of_cycle": cycle.cycle_id}, columns=("proposal", "decision"))
    return Counter(decision or proposal for proposal, decision in rows.rows if decision or proposal)


def _counted(frame: Frame, cycle: selection.Cycle) -> str:
    found = _counts(frame, cycle)
    told = [several("{count} enters", "{count} enter", found["enter"])]
    others = (
        ("stay", several("{count} stays", "{count} stay", found["stay"])),
        ("leave", several("{count} leaves", "{count} leave", found["leave"])),
        ("wait", several("{count} waits", "{count} wait", found["wait"])),
        ("decline", several("{count} is declined", "{count} are declined", found["decline"])),
    )
    return ", ".join(told + [words for code, words in others if found[code]])


def _open(frame: Frame) -> None:
    if selection.unfinished(frame.store) is not None:
        return
    st.subheader(_("The next cycle"), anchor=False)
    with form("cycle.open", _("Open the cycle")) as opening:
        name = st.text_input(
            _("Name of the cycle"),
            _("Selection {year}").format(year=frame.as_of.year),
            max_chars=200,
            key=f"cycle.open.{opening.op_id}.name",
        )
        st.caption(_("It judges every account on the day above, {day}.").format(day=day(frame.as_of)))
    if opening.sent:
        with refusals_shown(opening):
            selection.open_cycle(frame.store, name, as_of=frame.as_of, who=frame.person, op_id=opening.op_id)
            opening.done(_("{name} is open: assess every account next.").format(name=name))


def _assess(frame: Frame, cycle: selection.Cycle) -> None:
    held = selection.adopted(frame.store, cycle.as_of)
    st.markdown(
        _(
            "Assessing judges every account on {day} by {criteria} and freezes what it saw: criteria, verdicts, gates with "
            "their values, scores, ranking, how firm it is, the limits and the ledger's state."
        ).format(day=day(cycle.as_of), criteria=escaped(held.criteria.name) if held else _("the criteria in force"))
    )
    _assess_press(frame, cycle, _("Assess every account"), is_primary=True)


def _assess_press(frame: Frame, cycle: selection.Cycle, label: str, *, is_primary: bool) -> None:
    assessing = press(f"cycle.assess.{cycle.cycle_id}", label, is_primary=is_primary)
    if assessing.sent:
        with refusals_shown(assessing):
            selection.assess_cycle(
                frame.store,
                cycle.cycle_id,
                expected_version=cycle.version,
                who=frame.person,
                op_id=assessing.op_id,
            )
            assessing.done(_("Every account is judged: see the proposals."))


def _decide(frame: Frame, cycle: selection.Cycle) -> None:
    _start_small(frame, cycle)
    decide(frame, cycle)
    with st.expander(_("Something was missing: assess again")):
        st.markdown(
            _(
                "Until it is decided, a cycle can be judged again: after an import, a transition plan or an approval. "
                "What was proposed before gives way."
            )
        )
        _assess_press(frame, cycle, _("Assess again"), is_primary=False)


def _start_small(frame: Frame, cycle: selection.Cycle) -> None:
    advice = cycle.frozen["start_small"]
    entering = _counts(frame, cycle)["enter"]
    if advice and advice["accounts"] is not None and entering > advice["accounts"]:
        st.info(
            escaped(
                _(
                    "This is the first cycle, and {entering} accounts would enter: start small, with {few} at most, "
                    "and let the others wait. {source}."
                ).format(entering=count(entering), few=count(int(advice["accounts"])), source=advice["source"]),
                longest=1000,
            )
        )


def _abandon(frame: Frame, cycle: selection.Cycle) -> None:
    with st.expander(_("Give this cycle up")):
        with form(f"cycle.abandon.{cycle.cycle_id}", _("Give it up"), is_primary=False, border=False) as ending:
            reason = st.text_input(_("Why it is given up"), max_chars=500)
        if ending.sent:
            with refusals_shown(ending):
                selection.abandon_cycle(
                    frame.store,
                    cycle.cycle_id,
                    reason=reason,
                    expected_version=cycle.version,
                    who=frame.person,
                    op_id=ending.op_id,
                )
                ending.done(_("{name} is given up; what it saw stays readable.").format(name=cycle.name))


def frozen_facts(frame: Frame, cycle: selection.Cycle) -> list[dict[str, str]]:
    """What a cycle saw as a whole: (what, value, source) as text."""
    frozen = cycle.frozen
    ledger, limits, rules, draws = frozen["ledger"], frozen["limits"], frozen["rules"], frozen["draws"]
    counts = frozen["counts"]

    def line(what: str, value: str, source: str = "") -> dict[str, str]:
        return {"what": what, "value": value, "source": source}

    found = [
        line(
            _("Criteria"),
            _("{name}, from {day}").format(
                name=frozen["criteria"]["name"], day=_told_day(frozen["criteria"]["valid_from"])
            ),
            frozen["criteria"]["source"],
        ),
        line(
            _("Verdicts"),
            _("{passing} pass, {unknown} unknown, {failing} fail; {near}").format(
                passing=count(counts["pass"]),
                unknown=count(counts["unknown"]),
                failing=count(counts["fail"]),
                near=several("{count} near miss", "{count} near misses", counts["near_misses"]),
            ),
        ),
        line(
            _("Ledger"),
            _("{lines} lines, net revenue {total}, to {day}").format(
                lines=count(ledger["line_count"]),
                total=money(float(ledger["control_total"]), frame.currency, decimals=2),
                day=_told_day(ledger["last_order_on"]),
            ),
            _("last import {number}, data version {version}").format(
                number=ledger["last_import_id"] or "–", version=ledger["data_version"]
            ),
        ),
        line(
            _("Limits"),
            _("{least} to {most} key accounts").format(least=limits["at_least"], most=limits["at_most"]),
            limits["at_most_source"],
        ),
        line(
            _("Lines"),
            _("enter from {entry:g}, leave below {exit:g}; {reviews} reviews below, {stay} months at least").format(
                entry=rules["entry_line"],
                exit=rules["exit_line"],
                reviews=rules["reviews_to_demote"],
                stay=rules["minimum_stay_months"],
            ),
        ),
    ]
    if draws:
        found.append(
            line(
                _("Firmness"),
                _("{draws} draws, seed {seed}: {passing} pass for {places} places; noise of a score {noise:g}").format(
                    draws=count(draws["draws"]),
                    seed=draws["seed"],
                    places=draws["places"],
                    passing=draws["passing"],
                    noise=draws["score_noise"],
                ),
                _("order of the weights taken as known"),
            )
        )
    found.append(line(_("Fingerprint"), cycle.frozen_hash[:16], _("SHA-256, kept in the audit chain")))
    return found


def _told_day(text: str | None) -> str:
    """A date of the frozen record as it is shown."""
    return day(date.fromisoformat(text) if text else None)
