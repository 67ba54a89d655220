"""Where one account stands in the programme: state, suspension, putting it forward, its exit."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from kam import programme, selection
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _, several

_STEPS_AT_ONCE = 4


def states_of(frame: Frame) -> dict[str, dict[str, Any]]:
    """Where every account that ever moved stands, by id, with what it waits for in words."""
    rows = frame.store.read("programme.states", {"as_of": frame.as_of})
    return {
        row["account_id"]: row
        | {
            "stands": "suspended" if row["is_suspended"] else row["state"],
            "waits": _exit_told(row),
        }
        for row in rows
    }


def with_states(frame: Frame, roster: list[selection.Standing]) -> list[dict[str, Any]]:
    """The roster's records with state, since when and what each waits for."""
    states, held = states_of(frame), selection.adopted(frame.store, frame.as_of)
    empty = {"stands": None, "since": None, "waits": ""}
    return [
        vars(account)
        | {"decided_verdict": account.decided_verdict, "verdict": account.verdict_now}
        | {name: states.get(account.account_id, empty)[name] for name in empty}
        # At once: a gate that suspends does not wait until somebody has written it down.
        | ({"stands": "suspended"} if held and account.now and selection.suspending(held.criteria, account.now) else {})
        for account in roster
    ]


def _exit_told(row: dict[str, Any]) -> str:
    """What keeps an account from leaving, or how far its plan is."""
    if row["waits_for"]:
        return _("waits for {what}").format(what=", ".join(programme.WAITS_FOR[code] for code in row["waits_for"]))
    if row["plan_id"] is None:
        return ""
    return several("plan with {count} open step", "plan with {count} open steps", row["open_step_count"])


def place_in_programme(frame: Frame, account: selection.Standing) -> None:
    """One key account's state with its history, and what can be done about it."""
    row = states_of(frame).get(account.account_id)
    if row is None:
        return
    facts(
        [
            ("", state(row["stands"])),
            (_("since"), day(row["since"])),
            (
                _("below in"),
                several("{count} review", "{count} reviews", row["times_below"]) if row["times_below"] else None,
            ),
            (_("exit"), row["waits"] or None),
            (_("exit approved by"), row["approved_by"]),
        ]
    )
    _suspension(frame, account, row)
    with st.expander(_("How it came here")):
        record_table(
            [
                move | {"why": programme.CAUSES.get(move["cause"], move["cause"])}
                for move in programme.moves(frame.store, account.account_id)
            ],
            [
                Column("moved_on", _("On"), "date"),
                Column("state_before", _("From"), "status"),
                Column("state_after", _("To"), "status"),
                Column("why", _("Because")),
                Column("reason", _("What was said")),
                Column("moved_by", _("By")),
            ],
            key="moves",
            title=_("Moves of this account"),
            empty="",
        )
    with st.expander(_("Exit: plan, approval, close"), expanded=row["state"] == "exiting"):
        _plan_shown(frame, account)
        _write_plan(frame, account)
        _approve(frame, account)
        _withdraw_or_close(frame, account, row)


def put_forward(frame: Frame, account_id: str, name: str, *, slot: str = "") -> None:
    """Put an account forward for the next cycle, where it is outside. slot: tells the form from another on the page."""
    row = frame.store.one("programme.states", {"as_of": frame.as_of}, where=[Condition("account_id", "=", account_id)])
    if row is not None and row["state"] != "outside":
        st.markdown(_("{state} since {day}.").format(state=state(row["state"]).badge, day=day(row["since"])))
        return
    label = _("Put forward for the next cycle")
    with form(f"nominate.{account_id}{slot}", label, is_primary=False, border=False) as asking:
        reason = st.text_input(_("Why it should be looked at"), max_chars=500, key=f"nominate.{asking.op_id}.why")
    if asking.sent:
        with refusals_shown(asking):
            programme.nominate(
                frame.store, account_id, as_of=frame.as_of, reason=reason, who=frame.person, op_id=asking.op_id
            )
            asking.done(
                _("{name} is put forward: the next cycle judges it.").format(name=name),
                page="cycles",
                label=_("See the cycles"),
            )


def _suspension(frame: Frame, account: selection.Standing, row: dict[str, Any]) -> None:
    held = selection.adopted(frame.store, frame.as_of)
    failing = selection.suspending(held.criteria, account.now) if held and account.now else ()
    lifted = row["is_suspended"] and account.verdict_now == "pass"
    if failing and not row["is_suspended"]:
        names = ", ".join(selection.MEASURES[gate.measure].name for gate in failing)
        st.error(
            escaped(
                _("A gate that suspends fails now: {names}. The account is suspended; write it down.").format(
                    names=names
                )
            )
        )
    elif not lifted:
        return
    label = _("Lift the suspension") if lifted else _("Suspend at once")
    pressed = press(f"suspend.{account.account_id}", label, is_primary=not lifted)
    if pressed.sent:
        with refusals_shown(pressed):
            selection.suspend(
                frame.store, account.account_id, as_of=frame.as_of, reason="", who=frame.person, op_id=pressed.op_id
            )
            pressed.done(
                (_("The suspension of {name} is lifted.") if lifted else _("{name} is suspended.")).format(
                    name=account.name
                ),
                page="roster",
                label=_("See the roster"),
            )


def _plan_shown(frame: Frame, account: selection.Standing) -> None:
    plan = programme.transition(frame.store, account.account_id, frame.as_of)
    if plan is None:
        st.caption(_("No transition plan is written yet: a leaver needs one, and its sponsor's approval."))
        return
    st.markdown(escaped(plan["plan"], longest=2000))
    record_table(
        plan["steps"],
        [
            Column("step", _("Step")),
            Column("owner", _("Who")),
            Column("due_on", _("Until"), "date"),
            Column("done_on", _("Done on"), "date"),
        ],
        key="transition",
        title=_("Transition plan"),
        empty="",
    )
    open_steps = {step["step_id"]: step for step in plan["steps"] if step["done_on"] is None}
    if not open_steps:
        return
    with form(f"step.{account.account_id}", _("Step is done"), is_primary=False, border=False) as closing:
        step_id = st.selectbox(
            _("Open step"),
            list(open_steps),
            format_func=lambda number: open_steps[number]["step"],
            key=f"step.{closing.op_id}",
        )
    if closing.sent:
        with refusals_shown(closing):
            programme.close_step(
                frame.store,
                step_id,
                done_on=frame.as_of,
                expected_version=open_steps[step_id]["version"],
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The step is done."))


def _write_plan(frame: Frame, account: selection.Standing) -> None:
    with form(f"plan.{account.account_id}", _("Write the transition plan"), is_primary=False) as writing:
        text = st.text_area(_("Transition plan"), max_chars=2000, placeholder=_("How the account is served afterwards"))
        steps = [
            _step(frame.as_of, f"plan.{writing.op_id}.{number}", number) for number in range(1, _STEPS_AT_ONCE + 1)
        ]
    if writing.sent:
        with refusals_shown(writing):
            programme.plan_transition(
                frame.store,
                account.account_id,
                text,
                [step for step in steps if step.step.strip() or step.owner.strip()],
                as_of=frame.as_of,
                who=frame.person,
                op_id=writing.op_id,
            )
            writing.done(_("The transition plan of {name} is written.").format(name=account.name))


def _step(as_of: date, key: str, number: int) -> programme.Step:
    what, who, when = st.columns([3, 2, 2])
    return programme.Step(
        what.text_input(_("Step {number}").format(number=number), max_chars=300, key=f"{key}.what"),
        who.text_input(_("Who, step {number}").format(number=number), max_chars=120, key=f"{key}.who"),
        when.date_input(
            _("Until, step {number}").format(number=number), as_of, format="YYYY-MM-DD", key=f"{key}.until"
        ),
    )


def _approve(frame: Frame, account: selection.Standing) -> None:
    sponsor = frame.store.one(
        "sponsorship.roster_sponsors",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account.account_id)],
    )
    with form(f"approve.{account.account_id}", _("Record the approval"), is_primary=False) as approving:
        name = st.text_input(
            _("Our executive who approves the exit"),
            (sponsor or {}).get("executive_name") or "",
            max_chars=120,
            key=f"approve.{approving.op_id}.name",
        )
        reason = st.text_input(_("Why the exit is approved"), max_chars=500)
    if approving.sent:
        with refusals_shown(approving):
            programme.approve_exit(
                frame.store,
                account.account_id,
                approved_by=name,
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=approving.op_id,
            )
            approving.done(_("The approval is recorded: the next review takes it into account."))


def _withdraw_or_close(frame: Frame, account: selection.Standing, row: dict[str, Any]) -> None:
    is_exiting = row["state"] == "exiting"
    label = _("Close the transition") if is_exiting else _("The customer withdraws")
    with form(f"exit.{account.account_id}", label, is_primary=is_exiting) as leaving:
        reason = st.text_input(
            _("How the transition ended") if is_exiting else _("What the customer said"), max_chars=500
        )
    if leaving.sent:
        with refusals_shown(leaving):
            act = programme.close_transition if is_exiting else programme.withdraw
            act(
                frame.store,
                account.account_id,
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=leaving.op_id,
            )
            said = _("{name} has left; its place is free.") if is_exiting else _("{name} is exiting.")
            leaving.done(said.format(name=account.name), page="roster", label=_("See the roster"))
