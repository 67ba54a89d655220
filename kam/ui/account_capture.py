"""Writing down what happened with an account: in two clicks from its header; correcting, and settling promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import relationships
from kam.store import Condition
from kam.ui.forms import Form, form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.units import day
from kam.words import _

_AT_HAND = ("note", "call", "visit", "meeting", "complaint", "executive_visit")
_OFFERED = 200


def quick_capture(frame: Frame, account: Mapping[str, Any]) -> None:
    """A button that opens a short form: a note, call, visit or complaint with its next step."""
    capturing = form("capture", _("Write it down"), border=False)
    # The key changes with each note that is written down, which closes the popover.
    with st.popover(_("Note what happened"), icon=":material/edit_note:", key=f"capture.{capturing.op_id[:8]}"):
        _capture(frame, account, capturing)


def capture_form(frame: Frame, account: Mapping[str, Any], *, slot: str = "") -> None:
    """The same form in the open. slot: tells it from another on the page; account: its id and people."""
    _capture(frame, account, form(f"capture{slot}.{account['account_id']}", _("Write it down"), border=False))


def _capture(frame: Frame, account: Mapping[str, Any], capturing: Form) -> None:
    with capturing:
        kind = st.segmented_control(
            _("What it was"),
            _AT_HAND,
            default="note",
            required=True,
            format_func=relationships.KINDS.__getitem__,
            key=f"capture.{capturing.op_id}.kind",
        )
        values = _inputs(frame, account, capturing, None)
    if capturing.sent:
        with refusals_shown(capturing):
            relationships.capture(
                frame.store,
                account["account_id"],
                kind=kind,
                **values,
                who=frame.person,
                op_id=capturing.op_id,
            )
            _done(frame, account, capturing, values["occurred_on"], _("It is written down."))


def _done(frame: Frame, account: Mapping[str, Any], saved: Form, happened_on: date, said: str) -> None:
    """Say so, with a link to the day from which it shows, where that is after the day of the page."""
    if happened_on <= frame.as_of:
        return saved.done(said)
    return saved.done(
        said + " " + _("The page is as of an earlier day: it shows from {day} on.").format(day=day(happened_on)),
        page="account",
        label=_("See the account on that day"),
        account=account["account_id"],
        as_of=happened_on.isoformat(),
        tab=_("Timeline"),
    )


def _inputs(frame: Frame, account: Mapping[str, Any], saved: Form, held: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of an interaction, filled with what is held; what is typed stays over a refusal."""
    held, key = held or {}, f"{saved.key}.{saved.op_id}"
    here = {row["contact_id"]: row["name"] for row in account["people"].contacts if row["is_here"]}
    if held.get("contact_id"):
        here.setdefault(held["contact_id"], held["contact_id"])
    options = [None, *here]
    summary = st.text_area(
        _("What was said or happened"),
        value=held.get("summary", ""),
        max_chars=4000,
        height=90,
        key=f"{key}.summary",
    )
    left, right = st.columns(2)
    contact_id = left.selectbox(
        _("With"),
        options,
        index=options.index(held.get("contact_id")),
        format_func=lambda at: _("nobody named") if at is None else here[at],
        key=f"{key}.contact",
    )
    occurred_on = right.date_input(
        _("On"), value=held.get("occurred_on", frame.as_of), format="YYYY-MM-DD", key=f"{key}.day"
    )
    next_step = left.text_input(
        _("Next step promised"), value=held.get("next_step") or "", max_chars=500, key=f"{key}.step"
    )
    next_step_due = right.date_input(_("Due"), value=held.get("next_step_due"), format="YYYY-MM-DD", key=f"{key}.due")
    by = st.text_input(_("Who of ours"), value=held.get("by") or frame.person.name, max_chars=120, key=f"{key}.by")
    return {
        "summary": summary,
        "contact_id": contact_id,
        "occurred_on": occurred_on,
        "next_step": next_step,
        "next_step_due": next_step_due,
        "by": by,
    }


def settle_promise(frame: Frame, account: Mapping[str, Any]) -> None:
    """Say that a promise was kept or dropped."""
    promises = _dealings(
        frame, account, Condition("promise_state", "one_of", ["open", "overdue"]), order_by=("next_step_due", False)
    )
    if not promises:
        st.caption(_("No promise to this account is open."))
        return
    by_id = {row["interaction_id"]: row for row in promises}
    with form("settle", _("Settle the promise"), is_primary=False) as settling:
        chosen = st.selectbox(
            _("Open promise"),
            list(by_id),
            format_func=lambda at: (
                f"{by_id[at]['next_step']} ({_('due {day}').format(day=day(by_id[at]['next_step_due']))})"
            ),
        )
        outcome = st.radio(
            _("It was"),
            list(relationships.OUTCOMES),
            format_func=relationships.OUTCOMES.__getitem__,
            horizontal=True,
        )
        settled_on = st.date_input(_("Settled on"), value=frame.as_of, format="YYYY-MM-DD")
        note = st.text_input(_("What came of it"), max_chars=1000)
    if settling.sent:
        with refusals_shown(settling):
            relationships.settle(
                frame.store,
                chosen,
                outcome=outcome,
                settled_on=settled_on,
                note=note,
                who=frame.person,
                op_id=settling.op_id,
            )
            settling.done(_("The promise is settled."))


def correct_entry(frame: Frame, account: Mapping[str, Any]) -> None:
    """Write a new version of an entry, or withdraw it; the old one stays on file."""
    entries = _dealings(frame, account, order_by=("occurred_on", True))
    if not entries:
        st.caption(_("Nothing was written down yet."))
        return
    by_id = {row["interaction_id"]: row for row in entries}
    chosen = st.selectbox(
        _("Entry"),
        list(by_id),
        index=None,
        format_func=lambda at: f"{day(by_id[at]['occurred_on'])}: {by_id[at]['summary'][:80]}",
        placeholder=_("Choose an entry"),
        key="correct.entry",
    )
    if chosen is None:
        return
    held = by_id[chosen]
    kinds = list(dict.fromkeys([held["kind"], *relationships.KINDS]))
    with form(f"correct.{chosen}", _("Save the new version"), is_primary=False) as correcting:
        kind = st.selectbox(
            _("Kind of entry"),
            kinds,
            format_func=lambda code: relationships.KINDS.get(code, code),
            key=f"correct.{correcting.op_id}.kind",
        )
        values = _inputs(frame, account, correcting, held)
        is_withdrawn = st.checkbox(
            _("It should not have been written at all: withdraw it"), key=f"correct.{correcting.op_id}.withdraw"
        )
    if correcting.sent:
        with refusals_shown(correcting):
            relationships.correct(
                frame.store,
                chosen,
                kind=kind,
                **values,
                is_withdrawn=is_withdrawn,
                who=frame.person,
                op_id=correcting.op_id,
            )
            said = _("The entry is withdrawn.") if is_withdrawn else _("The new version is saved.")
            _done(frame, account, correcting, frame.as_of if is_withdrawn else values["occurred_on"], said)


def _dealings(
    frame: Frame, account: Mapping[str, Any], *where: Condition, order_by: tuple[str, bool]
) -> Sequence[dict[str, Any]]:
    return frame.store.read(
        "relationships.dealings",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account["account_id"]), *where],
        order_by=[order_by, ("interaction_id", False)],
        limit=_OFFERED,
    ).records()
