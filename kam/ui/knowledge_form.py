"""Writing an entry of the knowledge base down, changing and retiring it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import knowledge
from kam.ui.accounts import choose_account
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import plain
from kam.words import _

_MARKDOWN = _("Markdown: # headings, - lists, **bold**, *emphasis*, > quotes. Everything else stands as typed.")


def write_entry(frame: Frame) -> None:
    """The form of a new entry."""
    kind = st.segmented_control(
        _("Kind"),
        list(knowledge.KINDS),
        default="playbook",
        required=True,
        format_func=knowledge.KINDS.__getitem__,
        key="entry.kind",
    )
    about = None
    if kind != "playbook":
        about = choose_account(frame, key="entry.account", label=_("Account that it is about, if any"))
    with form("entry.write", _("Write it down")) as writing:
        values = _inputs(frame, {"author": frame.person.name, "owner": frame.person.name}, [], f"entry.{writing.op_id}")
    if writing.sent:
        with refusals_shown(writing):
            entry_id = knowledge.write_entry(
                frame.store,
                knowledge.Entry(kind, account_id=about, **values),
                as_of=frame.as_of,
                who=frame.person,
                op_id=writing.op_id,
            )
            writing.done(
                _("It is written down: it shows beside the accounts that it fits."),
                page="knowledge",
                label=_("Open it"),
                entry=str(entry_id),
            )


def change_entry(frame: Frame, held: Mapping[str, Any]) -> None:
    """The forms that change and retire an entry (a row of knowledge.entry_list)."""
    marks = knowledge.marks_of(frame.store, held["version_id"])
    is_retired = held["entry_state"] == "retired"
    label = _("Take it into use again") if is_retired else _("Save the new version")
    with st.expander(_("Change the entry")), form(f"entry.{held['entry_id']}", label, is_primary=False) as changing:
        version, seen = changing.version(held["version"]), changing.seen(held)
        values = _inputs(frame, seen, marks, f"entry.{changing.op_id}")
        reason = st.text_input(_("What changed, and why"), max_chars=500, key=f"entry.{changing.op_id}.reason")
    if changing.sent:
        with refusals_shown(changing):
            knowledge.change_entry(
                frame.store,
                held["entry_id"],
                knowledge.Entry(held["kind"], account_id=held["account_id"], **values),
                reason=reason,
                as_of=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=changing.op_id,
            )
            changing.done(_("The new version is in use; the earlier ones stay."))
    if is_retired:
        return
    with st.expander(_("Retire the entry")), form("entry.retire", _("Take it out of use"), is_primary=False) as leaving:
        reason = st.text_input(_("Why it is retired"), max_chars=500, key=f"entry.{leaving.op_id}.retired")
    if leaving.sent:
        with refusals_shown(leaving):
            knowledge.retire_entry(
                frame.store,
                held["entry_id"],
                reason=reason,
                as_of=frame.as_of,
                who=frame.person,
                op_id=leaving.op_id,
            )
            leaving.done(_("The entry is out of use; it stays on file."))


def record_lesson(frame: Frame, account: Mapping[str, Any]) -> None:
    """The short form on an account's page: title and text; what the account is comes with it."""
    carried = knowledge.carried_marks(frame.store, account["account_id"], frame.as_of)
    with st.expander(_("Record a lesson")), form(f"lesson.{account['account_id']}", _("Record the lesson")) as writing:
        key = f"lesson.{writing.op_id}"
        title = st.text_input(_("The lesson in a line"), max_chars=200, key=f"{key}.title")
        text = st.text_area(
            _("What happened, and what to do next time"),
            height=120,
            max_chars=20_000,
            key=f"{key}.text",
            help=_MARKDOWN,
        )
        marks = _marks(frame, carried, f"{key}.marks")
    if writing.sent:
        with refusals_shown(writing):
            knowledge.write_entry(
                frame.store,
                _lesson(frame, account, title, text, marks),
                as_of=frame.as_of,
                who=frame.person,
                op_id=writing.op_id,
            )
            writing.done(_("The lesson is recorded: it shows beside the accounts that it fits."))


def _lesson(frame: Frame, account: Mapping[str, Any], title: str, text: str, marks: Any) -> knowledge.Entry:
    return knowledge.Entry(
        "lesson",
        title,
        text,
        author=frame.person.name,
        owner=frame.person.name,
        source=_("Work with {account}").format(account=account["name"]),
        written_on=frame.as_of,
        marks=marks,
        account_id=account["account_id"],
    )


def _inputs(frame: Frame, held: Mapping[str, Any], marks: list[tuple[str, str]], key: str) -> dict[str, Any]:
    title = st.text_input(_("Title"), value=held.get("title", ""), max_chars=200, key=f"{key}.title")
    text = st.text_area(
        _("Text"), value=held.get("text", ""), height=220, max_chars=20_000, key=f"{key}.text", help=_MARKDOWN
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    author = left.text_input(_("Written by"), value=held.get("author", ""), max_chars=120, key=f"{key}.author")
    owner = right.text_input(_("Kept current by"), value=held.get("owner", ""), max_chars=120, key=f"{key}.owner")
    source = st.text_input(
        _("Source"),
        value=held.get("source", ""),
        max_chars=500,
        key=f"{key}.source",
        placeholder=_("Where it comes from"),
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    written_on = left.date_input(
        _("Written on"), value=held.get("written_on", frame.as_of), format="YYYY-MM-DD", key=f"{key}.written"
    )
    review_by = right.date_input(
        _("To be looked at again by"),
        value=_review(frame, held),
        format="YYYY-MM-DD",
        key=f"{key}.review",
        help=_("Empty: knowledge.review_after_days from now, on the Settings page."),
    )
    return {
        "title": title,
        "text": text,
        "author": author,
        "owner": owner,
        "source": source,
        "written_on": written_on,
        "review_by": review_by,
        "marks": _marks(frame, marks, f"{key}.marks"),
    }


def _review(frame: Frame, held: Mapping[str, Any]) -> Any:
    """A review that has passed is not offered again: looking at it again is what a change is for."""
    day = held.get("review_by")
    return day if day is not None and day >= frame.as_of else None


def _marks(frame: Frame, marks: list[tuple[str, str]], key: str) -> tuple[tuple[str, str], ...]:
    offered = knowledge.offered_marks(frame.store, frame.as_of) | {mark: knowledge.mark_told(*mark) for mark in marks}
    return tuple(
        st.multiselect(
            _("Fits accounts with"),
            list(offered),
            default=marks,
            format_func=lambda mark: plain(offered[mark]),
            key=key,
            placeholder=_("Tags, category, need, stage, industry"),
        )
    )
