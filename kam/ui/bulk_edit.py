"""Changing several accounts of the list at once: tags, grade, owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kam import portfolio
from kam.store import Condition, Rows
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.grading import grade_inputs
from kam.ui.refusals import refusals_shown
from kam.ui.tables import rows_ticked, untick
from kam.ui.text import escaped
from kam.words import _, several

_MOST_NAMED = 20
_TASKS = {"tag": _("Tags"), "grade": _("Grade"), "owner": _("Account manager")}


def bulk_edit(frame: Frame, total: int, read: Callable[[], Rows], *, key: str) -> None:
    """Change the accounts that are ticked in the list of this key, or others that it finds.

    total: how many it finds; read: their account_id and name.
    """
    # The ids of a hundred thousand accounts are read only where somebody is about to change them.
    ticked = rows_ticked(key)
    label = (
        several("Change the {count} account ticked", "Change the {count} accounts ticked", len(ticked))
        if ticked
        else several("Change the {count} account found", "Change the {count} accounts found", total)
    )
    if not st.toggle(label, key="bulk.open"):
        return
    with st.container(border=True):
        chosen = _which(frame, ticked, read, key)
        task = st.segmented_control(
            _("What changes"),
            list(_TASKS),
            default="tag",
            required=True,
            format_func=_TASKS.__getitem__,
            key="bulk.task",
        )
        {"tag": _tag, "grade": _grade, "owner": _owner}[task](frame, chosen)


def _which(frame: Frame, ticked: list[str], read: Callable[[], Rows], key: str) -> Sequence[str]:
    """The accounts that will change: those ticked, some picked by name, or all found."""
    words = {"ticked": _("Those ticked"), "some": _("Only those I choose"), "all": _("All that the list finds")}
    which = st.segmented_control(
        _("Which accounts"),
        list(words) if ticked else list(words)[1:],
        default="ticked" if ticked else "some",
        required=True,
        format_func=words.__getitem__,
        key=f"bulk.which.{bool(ticked)}",
    )
    if which == "ticked":
        # By name, since a tick may stand on another page of the list, or outside what is sought now.
        held = frame.store.read(
            "ledgers.accounts",
            columns=("name",),
            where=[Condition("account_id", "one_of", ticked)],
            order_by=[("name", False)],
            limit=_MOST_NAMED,
        )
        more = held.total - len(held)
        names = ", ".join(held.column("name")) + (_(" and {count} more").format(count=more) if more else "")
        st.caption(escaped(names, longest=2000))
        st.button(_("Untick all"), type="tertiary", key="bulk.untick", on_click=untick, args=(key,))
        return ticked
    names = dict(read().rows)
    if which == "all":
        return list(names)
    return st.multiselect(
        _("Accounts"),
        list(names)[:2000],
        format_func=lambda at: f"{names[at]} ({at})",
        key="bulk.chosen",
        placeholder=_("Choose accounts"),
    )


def _tag(frame: Frame, chosen: Sequence[str]) -> None:
    made = frame.store.read("portfolio.tags", order_by=[("dimension", False), ("tag", False)]).records()
    tags = {f"{row['dimension']}: {row['tag']}": (row["dimension"], row["tag"]) for row in made}
    if not tags:
        st.caption(_("There is no tag yet: make one on the page Segments, tab Tags."))
        return
    with form("bulk.tag", _("Change the tags"), is_primary=False, border=False) as saving:
        label = st.selectbox(_("Tag"), list(tags), key=f"bulk.{saving.op_id}.tag")
        is_withdrawn = st.radio(
            _("Do"), [_("Put it on"), _("Take it off")], horizontal=True, key=f"bulk.{saving.op_id}.off"
        ) == _("Take it off")
    if saving.sent:
        with refusals_shown(saving):
            changed = portfolio.tag_accounts(
                frame.store,
                chosen,
                *tags[label],
                is_withdrawn=is_withdrawn,
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(several("{count} account changed.", "{count} accounts changed.", changed or 0))


def _grade(frame: Frame, chosen: Sequence[str]) -> None:
    with form("bulk.grade", _("Give the grade"), is_primary=False, border=False) as saving:
        grade, classes = grade_inputs({}, key=f"bulk.{saving.op_id}", label=_("Grade"))
        reason = st.text_input(_("Reason"), max_chars=500, key=f"bulk.{saving.op_id}.reason")
    if saving.sent:
        with refusals_shown(saving):
            changed = portfolio.grade_accounts(
                frame.store,
                chosen,
                grade or "",
                reason=reason,
                classes=classes,
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(
                several("{count} account was graded.", "{count} accounts were graded.", changed or 0),
                page="follow_ups",
                label=_("See the follow-ups"),
            )


def _owner(frame: Frame, chosen: Sequence[str]) -> None:
    known = frame.store.choices("portfolio.owners", {"as_of": frame.as_of}, "owner")
    with form("bulk.owner", _("Hand the accounts over"), is_primary=False, border=False) as saving:
        owner = st.selectbox(
            _("New account manager"),
            known,
            index=None,
            accept_new_options=True,
            placeholder=_("Choose or type a name"),
            key=f"bulk.{saving.op_id}.owner",
        )
        reason = st.text_input(_("Reason"), max_chars=500, key=f"bulk.{saving.op_id}.why")
    if saving.sent:
        with refusals_shown(saving):
            changed = portfolio.change_owner(
                frame.store,
                chosen,
                owner or "",
                reason=reason,
                as_of=frame.as_of,
                who=frame.person,
                op_id=saving.op_id,
            )
            saving.done(several("{count} account changed hands.", "{count} accounts changed hands.", changed or 0))
