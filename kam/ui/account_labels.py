"""What people say of an account: its tags, grade and fields, in a popover of its header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import portfolio
from kam.store import Condition
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.grading import grade_inputs
from kam.ui.refusals import refusals_shown
from kam.units import day
from kam.words import _


def label_facts(frame: Frame, account: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """Grade, tags and fields as facts of the header."""
    grade = account["grade"]
    told = (
        _("{grade}, {meaning}").format(grade=grade["grade"], meaning=portfolio.GRADES[grade["grade"]])
        if grade
        else None
    )
    values = portfolio.value_of(frame.store, account["account_id"], frame.as_of)
    return [(_("Grade"), told), (_("Tags"), ", ".join(account["tags"]) or None), *values.items()]


def read_labels(frame: Frame, account_id: str) -> dict[str, Any]:
    """The account's grade (its row of portfolio.grades_held, or {}) and its tags."""
    at, this = {"as_of": frame.as_of}, [Condition("account_id", "=", account_id)]
    tags = frame.store.read("portfolio.tags_held", at, where=this, order_by=[("label", False)])
    return {"grade": frame.store.one("portfolio.grades_held", at, where=this) or {}, "tags": tags.column("label")}


def edit_labels(frame: Frame, account: Mapping[str, Any]) -> None:
    """A button that opens the account's tags, grade and fields for changing."""
    with st.popover(_("Tags, grade, fields"), icon=":material/sell:"):
        _grade(frame, account)
        _tags(frame, account)
        _fields(frame, account)


def _grade(frame: Frame, account: Mapping[str, Any]) -> None:
    held = account["grade"]
    if held:
        st.caption(
            _("{grade} since {day}, by {who}: {reason}").format(
                grade=held["grade"], day=day(held["since"]), who=held["graded_by"], reason=held["reason"]
            )
        )
    with form("label.grade", _("Give the grade"), is_primary=False, border=False) as saving:
        grade, classes = grade_inputs(held, key=f"label.{saving.op_id}", label=_("Grade"))
        reason = st.text_input(_("Reason"), max_chars=500, key=f"label.{saving.op_id}.reason")
    if saving.sent:
        with refusals_shown(saving):
            portfolio.grade_accounts(
                frame.store,
                [account["account_id"]],
                grade or "",
                reason=reason,
                classes=classes,
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(_("The grade is written down."), page="follow_ups", label=_("See the follow-ups"))


def _tags(frame: Frame, account: Mapping[str, Any]) -> None:
    made = frame.store.read("portfolio.tags", order_by=[("dimension", False), ("tag", False)]).records()
    tags = {f"{row['dimension']}: {row['tag']}": (row["dimension"], row["tag"]) for row in made}
    if not tags:
        st.caption(_("There is no tag yet: make one on the page Segments, tab Tags."))
        return
    with form("label.tag", _("Change the tag"), is_primary=False, border=False) as saving:
        label = st.selectbox(
            _("Tag"),
            list(tags),
            format_func=lambda at: _("{tag} (carried: takes it off)").format(tag=at) if at in account["tags"] else at,
            key=f"label.{saving.op_id}.tag",
        )
    if saving.sent:
        with refusals_shown(saving):
            portfolio.tag_accounts(
                frame.store,
                [account["account_id"]],
                *tags[label],
                is_withdrawn=label in account["tags"],
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(_("The tag is taken off.") if label in account["tags"] else _("The tag is put on."))


def _fields(frame: Frame, account: Mapping[str, Any]) -> None:
    fields = frame.store.read("portfolio.fields", order_by=[("field", False)]).column("field")
    if not fields:
        return
    with form("label.field", _("Fill the field"), is_primary=False, border=False) as saving:
        field = st.selectbox(_("Field"), fields, key=f"label.{saving.op_id}.field")
        value = st.text_input(
            _("Value"), max_chars=1000, key=f"label.{saving.op_id}.value", help=_("Empty: it says nothing any more.")
        )
    if saving.sent:
        with refusals_shown(saving):
            portfolio.set_value(
                frame.store,
                account["account_id"],
                field,
                value,
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(_("{field} is filled.").format(field=field))
